import type { Signature } from '@/lib/pipeline/baseline/signature'
import { RISK_FACTS, type RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
import type { RiskReason } from './reason'

type Weight = { bits: number; words: string }

/** What the command line shows. Weights from the scoring method where it names the fact, else set beside the nearest one it names. */
const WEIGHTS: Readonly<Record<RiskFact, Weight>> = {
  scriptlet: { bits: 6, words: 'it runs a scriptlet' },
  'inline-script': { bits: 6, words: 'the command line holds script code' },
  'injects-code': { bits: 6, words: 'it injects code into another process' },
  'dumps-memory': { bits: 6, words: 'it dumps the memory of a process' },
  'deletes-backups': { bits: 6, words: 'it deletes backups' },
  'launches-command': { bits: 2.5, words: 'it launches another program' },
  'com-object': { bits: 0.5, words: 'it starts a COM object by its class id' },
  ordinal: { bits: 1, words: 'it calls an export by its number' },
  'remote-url': { bits: 5, words: 'it is given a web address' },
  'unc-path': { bits: 4, words: 'it is given a network path' },
  'remote-host': { bits: 2, words: 'it acts on another host' },
  download: { bits: 4, words: 'it downloads a file' },
  'decodes-file': { bits: 4, words: 'it decodes a file' },
  'alternate-data-stream': { bits: 5, words: 'it uses an alternate data stream' },
  'public-folder': { bits: 4, words: 'what it runs lies in the Public folder' },
  'writable-windows-folder': {
    bits: 4,
    words: 'what it runs lies in a Windows folder that any user can write to',
  },
  'user-temp': { bits: 3, words: "what it runs lies in a user's temporary folder" },
  'temp-folder': { bits: 3, words: 'what it runs lies in a temporary folder' },
  downloads: { bits: 3, words: 'what it runs lies in a Downloads folder' },
  desktop: { bits: 2, words: 'what it runs lies on a desktop' },
  'startup-folder': { bits: 4, words: 'what it runs lies in a Startup folder' },
  'root-folder': { bits: 3, words: 'what it runs lies in an unusual folder of the drive' },
  'program-data-root': { bits: 4, words: 'what it runs lies in the root of ProgramData' },
  'recycle-bin': { bits: 5, words: 'what it runs lies in the recycle bin' },
  'shadow-copy': { bits: 4, words: 'it reads from a shadow copy' },
  'odd-extension': { bits: 3, words: 'what it runs has an extension that hides its kind' },
  'deceptive-characters': { bits: 4, words: 'the command line holds characters that deceive the eye' },
  obfuscated: { bits: 4, words: 'the command line is obfuscated' },
  truncated: { bits: 0, words: 'the command line was cut off' },
}

/** A compiler reads its input without running it, and .NET itself has it read from temporary folders. */
const COMPILERS = new Set(['csc.exe', 'vbc.exe', 'jsc.exe', 'ilasm.exe'])
const TEMPORARY: ReadonlySet<RiskFact> = new Set(['user-temp', 'temp-folder'])

function bitsOf(fact: RiskFact, { slug, facts }: Signature): number {
  if (!facts.includes(fact) || (TEMPORARY.has(fact) && COMPILERS.has(slug))) return 0
  return WEIGHTS[fact].bits
}

/** One reason for each fact that a tool's grammar can state. */
export const toolFacts: readonly RiskReason[] = RISK_FACTS.map((fact) => ({
  code: fact,
  words: WEIGHTS[fact].words,
  weight: WEIGHTS[fact].bits,
  bits: (signature) => bitsOf(fact, signature),
}))
