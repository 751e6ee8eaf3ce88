import { Buffer } from 'node:buffer'
import { isClixml } from './clixml'
import { headerCells, splitHeaderLine, withoutTypeLine } from './csv-header'
import { isEventViewerTable } from './event-viewer'
import { rubyDebugStart } from './ruby-debug'
import { holdsSplunkText, isSplunkText } from './splunk-text'
import { holdsSyslogLines } from './syslog-lines'
import { detectEncoding } from './text-encoding'
import { isWevtutilText } from './wevtutil-text'
import { isSplunkResults } from './xml/splunk-results'

/** The formats whose records `parseFile` reads. */
export const READABLE_KINDS = [
  'evtx',
  'json',
  'csv',
  'xml',
  'splunk-xml',
  'splunk-text',
  'event-viewer',
  'syslog-lines',
  'evtx-dump-json',
  'wevtutil-text',
  'clixml',
  'ruby-debug',
] as const
export type ReadableKind = (typeof READABLE_KINDS)[number]

/** Why a file of this kind is not read: the end of "NAME: …". */
const REASONS = {
  gzip: 'a gzip file inside more archives than are opened: unpack it first',
  zip: 'a zip archive inside more archives than are opened: unpack it first',
  tar: 'a tar archive inside more archives than are opened: unpack it first',
  'other-archive': 'compressed in a way that is not opened (7-Zip, xz, bzip2, Zstandard): unpack it first',
  'git-lfs-pointer': 'a Git LFS pointer, not the log it stands for: fetch the real file (git lfs pull)',
  empty: 'empty: there is nothing in it',
  'legacy-evt': 'an event log of Windows XP or 2003 (.evt): not read',
  'format-list':
    'events as PowerShell shows them to people, which breaks long lines: export them with Export-Clixml, or as JSON (Get-WinEvent … | ConvertTo-Json)',
  'fluent-stdout':
    'events as Fluent Bit prints them to its terminal, where a quote in a value looks like its end: write them to a file (out_file), or as JSON (format json_lines)',
  binary: 'neither a text nor an event log that is known here',
  text: 'a text that is neither JSON, XML nor CSV, nor an export that is known here',
} as const

export type FormatKind = ReadableKind | keyof typeof REASONS
/** What a file is by its content. */
export type DetectedFormat = { kind: FormatKind }

const SIGNATURES: readonly { at: number; bytes: string; kind: FormatKind }[] = [
  { at: 0, bytes: 'ElfFile\0', kind: 'evtx' },
  { at: 4, bytes: 'LfLe', kind: 'legacy-evt' },
  { at: 0, bytes: '\x1f\x8b', kind: 'gzip' },
  { at: 0, bytes: 'PK\x03\x04', kind: 'zip' },
  { at: 0, bytes: 'PK\x05\x06', kind: 'zip' },
  { at: 257, bytes: 'ustar', kind: 'tar' },
  { at: 0, bytes: '7z\xbc\xaf\x27\x1c', kind: 'other-archive' },
  { at: 0, bytes: '\xfd7zXZ\0', kind: 'other-archive' },
  { at: 0, bytes: 'BZh', kind: 'other-archive' },
  { at: 0, bytes: '\x28\xb5\x2f\xfd', kind: 'other-archive' },
]

/** An object or an array opens, and what follows can stand in it: "[INFO] …" is no JSON. */
const JSON_START = /^(\{\s*(["}]|$)|\[\s*([{\]]|$))/
/** evtx_dump counts aloud: "Record 1" before each. */
const EVTX_DUMP_START = /^Record \d{1,20}\s*\{/
/** A declaration, a comment or an element opens: "<14>" is the priority of syslog. */
const XML_START = /^<(?:[?!]|[A-Za-z_][\w.:-]*[\s/>])/
/** Programs that pass events on write their own words before each. */
const XML_EVENT = /<(?:[\w.-]{1,64}:)?Event[\s>][^<]*<(?:[\w.-]{1,64}:)?System[\s>]/

/** Names, each with a colon below the others. */
const FORMAT_LIST = /^(?:[A-Z][A-Za-z]{0,40} {1,40}: [^\r\n]{0,1024}\r?\n){3}/
/** A tag behind a number, and a time. */
const FLUENT_STDOUT = /^\[\d{1,9}\] [\w.*-]{1,128}: \[{1,2}\d{9,10}\.\d/

/**
 * What a file is by its first bytes, never by its name. 4 KiB are enough to tell all formats apart; with fewer, a CSV
 * whose header is longer or a tar archive may be taken for something else.
 */
export function detectFormat(head: Uint8Array): DetectedFormat {
  const start = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  const known = SIGNATURES.find(({ at, bytes }) => start.startsWith(bytes, at))
  return { kind: known?.kind ?? textKind(new TextDecoder(detectEncoding(head)).decode(head)) }
}

/** Why a file of this format is not read, as the end of "NAME: …"; null for one that is. */
export function unreadableReason({ kind }: DetectedFormat): string | null {
  return isReadable(kind) ? null : REASONS[kind]
}

function isReadable(kind: FormatKind): kind is ReadableKind {
  return (READABLE_KINDS as readonly FormatKind[]).includes(kind)
}

function textKind(decoded: string): FormatKind {
  const text = decoded.trimStart()
  if (text === '') return 'empty'
  if (text.startsWith('version https://git-lfs')) return 'git-lfs-pointer'
  if (rubyDebugStart(text) === 0) return 'ruby-debug'
  if (FLUENT_STDOUT.test(text)) return 'fluent-stdout'
  if (JSON_START.test(text)) return 'json'
  if (EVTX_DUMP_START.test(text)) return 'evtx-dump-json'
  if (XML_START.test(text)) return xmlKind(text)
  if (isWevtutilText(text)) return 'wevtutil-text'
  if (isSplunkText(text)) return 'splunk-text'
  if (isEventViewerTable(text)) return 'event-viewer'
  // a table's first rows may hold any character: its header tells what it is
  if (isBinary(text) && !isTableHeader(decoded)) return 'binary'
  // a header may begin with an unnamed column: its separator is not to be trimmed off
  if (isTableHeader(decoded)) return 'csv'
  // a beginning that is missing is no reason to lose the rest
  if (holdsSplunkText(text)) return 'splunk-text'
  return lineKind(text)
}

function xmlKind(text: string): FormatKind {
  if (isClixml(text)) return 'clixml'
  return isSplunkResults(text) ? 'splunk-xml' : 'xml'
}

/** What passes events on in lines; what begins first is the event, which may quote another. */
function lineKind(text: string): FormatKind {
  if (FORMAT_LIST.test(text)) return 'format-list'
  const [xmlAt = 0, rubyAt = 0] = [text.search(XML_EVENT), rubyDebugStart(text)].map((at) =>
    at === -1 ? text.length : at,
  )
  const before = text.slice(0, Math.min(xmlAt, rubyAt))
  if (holdsSyslogLines(before)) return 'syslog-lines'
  if (rubyAt < xmlAt) return 'ruby-debug'
  if (xmlAt < rubyAt) return 'xml'
  return 'text'
}

function isBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells binary data from text
  return /[\0-\x08\x0e-\x1a]/.test(text.slice(0, 1024))
}

/** Three columns at least, each named by a word or a few: a sentence with a comma is no table. */
function isTableHeader(text: string): boolean {
  const { cells } = headerCells(splitHeaderLine(withoutTypeLine(text)))
  const named = cells.filter((cell) => cell !== '')
  return named.length >= 3 && cells.length - named.length <= 1 && named.every(isColumnName)
}

function isColumnName(cell: string): boolean {
  return cell.length <= 128 && /^(?:[\p{L}_@]|#\p{L})[\p{L}\p{M}\w .@#()[\]/:-]*$/u.test(cell)
}
