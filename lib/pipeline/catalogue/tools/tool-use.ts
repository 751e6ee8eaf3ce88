import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'

/** What a command line alone can show of risk, in the order it is listed to people. Parents and images are judged elsewhere. */
export const RISK_FACTS = [
  'scriptlet',
  'inline-script',
  'injects-code',
  'dumps-memory',
  'dumps-process',
  'deletes-backups',
  'weakens-defence',
  'asks-for-defence',
  'leaves-no-log',
  'persists',
  'sets-autostart',
  'hijacks-start',
  'forwards-ports',
  'opens-firewall',
  'captures-traffic',
  'opens-tunnel',
  'launches-program',
  'launches-command',
  'opens-file',
  'com-class',
  'com-object',
  'dcom-object',
  'ordinal',
  'foreign-export',
  'loader-export',
  'remote-url',
  'own-url',
  'unc-path',
  'own-share',
  'intranet-share',
  'domain-share',
  'admin-share',
  'address-host',
  'private-address',
  'webdav-visit',
  'remote-host',
  'many-hosts',
  'stops-many',
  'download',
  'custom-headers',
  'decodes-file',
  'alternate-data-stream',
  'public-folder',
  'writable-windows-folder',
  'user-temp',
  'temp-folder',
  'unpacked-folder',
  'downloads',
  'desktop',
  'startup-folder',
  'user-folder',
  'user-product-folder',
  'build-folder',
  'root-folder',
  'data-drive',
  'source-folder',
  'windows-root',
  'deployment-folder',
  'deployment-cache',
  'program-data-root',
  'program-data-folder',
  'windows-data',
  'random-folder',
  'idle-folder',
  'log-folder',
  'stray-script',
  'stray-folder',
  'recycle-bin',
  'shadow-copy',
  'odd-extension',
  'encoded-script',
  'named-by-hash',
  'double-extension',
  'foreign-applet',
  'misplaced-library',
  'short-name',
  'climbs-folders',
  'no-arguments',
  'credential-store',
  'seeks-passwords',
  'copies-secrets',
  'exports-secrets',
  'deceptive-characters',
  'obfuscated',
  'padded',
  'truncated',
] as const
export type RiskFact = (typeof RISK_FACTS)[number]

/** A way of using a tool without a grammar of its own that is published as running, loading or fetching what it is told. */
export type DocumentedUse = { when: RegExp; fact: RiskFact }

/** What the tool is turned on. Name and extension are lower case, without path. */
export type ToolTarget = { class: PathClass; extension: string | null; name: string | null }

export type PartKind = 'executable' | 'switch' | 'path' | 'url' | 'value' | 'masked'

/** A span of the original command line, end exclusive, for colouring; `text`: its words in the pattern. */
export type Part = { start: number; end: number; kind: PartKind; text: string }

export type ToolUse = {
  /** The tool's verb: what it was asked to do, in its grammar's words. */
  mode: string
  target: ToolTarget | null
  /** A0: the full command pattern, the same for every run of the same thing. */
  pattern: string
  /** A1: tool | mode | target class | extension. */
  shape: string
  /** Without duplicates, in the order of RISK_FACTS. */
  facts: readonly RiskFact[]
  /** File name of the library or script that the tool runs; null where it runs none. */
  hosted: string | null
  parts: readonly Part[]
}

/** One element of a command line as a grammar reads it: its words in the pattern, its span, what it shows. */
export type Piece = Part & { facts: readonly RiskFact[]; target: ToolTarget | null }

/** A grammar's reading of one command line. The pattern is the tool's name and the pieces' texts. */
export type Reading = {
  mode: string
  pieces: readonly Piece[]
  target: ToolTarget | null
  facts: readonly RiskFact[]
  hosted: string | null
}

/** How one tool's arguments are read. Slugs are the catalogue's (lower-case file name). */
export type ToolGrammar = {
  slugs: readonly string[]
  read: (line: CommandLine) => Reading
  /** The same as `read` answers as `hosted`, with less to read; null where that is always null. */
  hosted?: ((line: CommandLine) => string | null) | null
}
