import type { Signature } from '@/lib/pipeline/baseline/signature'
import { RISK_FACTS, type RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
import { exceptionalBits } from './fact-exceptions'
import type { RiskReason } from './reason'

type Weight = { bits: number; words: string }

/** What the command line shows. Weights from the scoring method where it names the fact, else set beside the nearest one it names. */
const WEIGHTS: Readonly<Record<RiskFact, Weight>> = {
  scriptlet: { bits: 6, words: 'it runs a scriptlet' },
  'inline-script': { bits: 6, words: 'the command line holds script code' },
  'injects-code': { bits: 6, words: 'it injects code into another process' },
  'dumps-memory': { bits: 6, words: 'it dumps the memory of a process' },
  'dumps-process': { bits: 1, words: 'it dumps the memory of a process that it is told by its number' },
  'deletes-backups': { bits: 6, words: 'it deletes backups' },
  'weakens-defence': { bits: 4, words: 'it stops, removes or blinds what guards the host' },
  'asks-for-defence': { bits: 2, words: 'it asks what guards the host' },
  'leaves-no-log': { bits: 3, words: 'it is told to leave no log' },
  persists: { bits: 4, words: 'it sets something to run later' },
  'sets-autostart': { bits: 1, words: 'it has a program start by itself that nobody installed' },
  'hijacks-start': { bits: 3, words: 'it puts something in the place of what Windows starts' },
  'forwards-ports': { bits: 3, words: 'it forwards a port to another address' },
  'opens-firewall': { bits: 2.5, words: 'it lets connections in through the firewall' },
  'captures-traffic': { bits: 1.5, words: 'it records what goes over the network' },
  'opens-tunnel': { bits: 4, words: 'it lets others in through a tunnel' },
  'launches-program': { bits: 4, words: 'it is used to launch another program' },
  'launches-command': { bits: 2.5, words: 'it launches a command' },
  'opens-file': { bits: 1, words: 'it is used to open something else' },
  'com-class': { bits: 4, words: 'it loads a COM class that it is told' },
  'com-object': { bits: 0.5, words: 'it starts a COM object by its class id' },
  'dcom-object': { bits: 4, words: 'it starts a window of Explorer that other hosts can steer' },
  ordinal: { bits: 1, words: 'it calls an export by its number' },
  'foreign-export': { bits: 4, words: 'it calls an export that is for another kind of host' },
  'loader-export': { bits: 3, words: 'it calls an export that attack frameworks give their libraries' },
  'remote-url': { bits: 5, words: 'it is given a web address' },
  'own-url': { bits: 1, words: "it is given an address of the organisation's own" },
  'unc-path': { bits: 4, words: 'what it runs lies on a network share' },
  'own-share': { bits: 2.5, words: "what it runs lies on a share of the organisation's own" },
  'intranet-share': {
    bits: 4,
    words: 'what it runs lies on a share of a server that is named without a domain',
  },
  'domain-share': { bits: 0.5, words: "what it runs lies on a domain's share for scripts" },
  'admin-share': { bits: 2, words: 'it is given an administrative share' },
  'address-host': { bits: 2, words: 'the server is named by its number' },
  'private-address': { bits: 2, words: 'the server is named by its number within the network' },
  'webdav-visit': { bits: 3.5, words: 'it opens a WebDAV share' },
  'remote-host': { bits: 2, words: 'it acts on another host' },
  'many-hosts': { bits: 1.5, words: 'the hosts that it acts on stand in a file' },
  'stops-many': { bits: 1, words: 'it stops or removes whatever is called like something' },
  download: { bits: 4, words: 'it downloads a file' },
  'custom-headers': { bits: 2.5, words: 'it sends headers of its own, as who calls home does' },
  'decodes-file': { bits: 4, words: 'it turns a file into text or text into a file' },
  'alternate-data-stream': { bits: 5, words: 'it uses an alternate data stream' },
  'public-folder': { bits: 4, words: 'what it runs lies in the Public folder' },
  'writable-windows-folder': {
    bits: 4,
    words: 'what it runs lies in a Windows folder that any user can write to',
  },
  'user-temp': { bits: 3, words: "what it runs lies in a user's temporary folder" },
  'temp-folder': { bits: 3, words: 'what it runs lies in a temporary folder' },
  'unpacked-folder': {
    bits: 0,
    words: 'what it runs lies in a folder as set-up kits unpack their helpers to',
  },
  downloads: { bits: 3, words: 'what it runs lies in a Downloads folder' },
  desktop: { bits: 2, words: 'what it runs lies on a desktop' },
  'startup-folder': { bits: 4, words: 'what it runs lies in a Startup folder' },
  'user-folder': { bits: 3, words: "what it runs lies in a user's own folder" },
  'build-folder': { bits: 1, words: 'what it runs lies where a developer builds it' },
  'user-product-folder': {
    bits: 3,
    words: "what it runs lies in a product's folder that its user can write to",
  },
  'root-folder': { bits: 3, words: 'what it runs lies in an unusual folder of the drive' },
  'data-drive': { bits: 3, words: 'what it runs lies deep on another drive' },
  'source-folder': { bits: 3, words: 'what it runs lies among source code or builds' },
  'windows-root': { bits: 2.5, words: 'what it loads lies in the Windows folder itself' },
  'deployment-cache': { bits: 2.5, words: 'a shell loads it from the cache of the deployment tool' },
  'deployment-folder': { bits: 1, words: 'what it runs lies in a folder of a deployment tool' },
  'program-data-root': { bits: 4, words: 'what it runs lies in the root of ProgramData' },
  'program-data-folder': {
    bits: 4,
    words: 'what it loads lies in ProgramData, where any user can make files',
  },
  'windows-data': { bits: 4, words: 'what it runs lies where Windows keeps data, or where it is to look so' },
  'random-folder': { bits: 2, words: 'the name of the folder that it lies in is random' },
  'idle-folder': { bits: 4, words: 'what it runs lies in a folder that Windows made for its own logs' },
  'log-folder': { bits: 3, words: 'what it runs lies among the logs of Windows or of a product' },
  'stray-script': { bits: 4, words: "it is a script beside Windows' own that is none of them" },
  'stray-folder': {
    bits: 4,
    words: 'what it loads lies in a folder of System32 that Windows does not have',
  },
  'recycle-bin': { bits: 5, words: 'what it runs lies in the recycle bin' },
  'shadow-copy': { bits: 4, words: 'it reads from a shadow copy' },
  'odd-extension': { bits: 4, words: 'what it runs has an extension that hides its kind' },
  'encoded-script': { bits: 3.5, words: 'the script is encoded, which hides what it does' },
  'named-by-hash': { bits: 3, words: 'what it runs is named by a hash, as samples are kept' },
  'double-extension': { bits: 3, words: 'its name pretends that it is a document' },
  'foreign-applet': { bits: 2, words: 'it opens an item of the control panel that nobody installed' },
  'misplaced-library': {
    bits: 3,
    words: "it bears the name of a library of Windows' own that lies elsewhere",
  },
  'short-name': { bits: 2, words: 'what it runs is named in short form, which hides its name' },
  'climbs-folders': { bits: 2, words: 'what it runs is named by a way up through folders' },
  'no-arguments': { bits: 4, words: 'it was started without anything to do' },
  'credential-store': { bits: 2.5, words: 'it opens stored credentials' },
  'seeks-passwords': { bits: 2.5, words: 'it searches files for passwords' },
  'copies-secrets': { bits: 5, words: 'it copies where a host or a domain keeps its passwords' },
  'exports-secrets': { bits: 6, words: 'it has the options of a program that writes down stored passwords' },
  'deceptive-characters': { bits: 4, words: 'the command line holds characters that deceive the eye' },
  obfuscated: { bits: 4, words: 'the command line is obfuscated' },
  padded: { bits: 5, words: 'long runs of blanks push what it does out of sight' },
  truncated: { bits: 4, words: 'the command line is longer than anything that is read' },
}

function bitsOf(fact: RiskFact, signature: Signature): number {
  return signature.facts.includes(fact) ? (exceptionalBits(fact, signature) ?? WEIGHTS[fact].bits) : 0
}

/** One reason for each fact that a tool's grammar can state. */
export const toolFacts: readonly RiskReason[] = RISK_FACTS.map((fact) => ({
  code: fact,
  words: WEIGHTS[fact].words,
  weight: WEIGHTS[fact].bits,
  bits: (signature) => bitsOf(fact, signature),
}))
