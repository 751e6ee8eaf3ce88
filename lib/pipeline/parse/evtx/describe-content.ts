import type { Buffer } from 'node:buffer'

const BINARY_SIGNATURES: readonly { at: number; bytes: string; description: string }[] = [
  { at: 0, bytes: 'ElfChnk\0', description: 'a single chunk of an EVTX file without the file around it' },
  { at: 4, bytes: 'LfLe', description: 'an event log of Windows XP or 2003 (.evt)' },
  { at: 0, bytes: 'PK\x03\x04', description: 'a zip archive' },
  { at: 0, bytes: '\x1f\x8b', description: 'a gzip file' },
  { at: 0, bytes: 'MZ', description: 'a Windows program' },
  { at: 0, bytes: 'SQLite format 3\0', description: 'an SQLite database' },
  { at: 0, bytes: '\xff\xfe', description: 'text in UTF-16' },
  { at: 0, bytes: '\xfe\xff', description: 'text in UTF-16' },
]

/** What a file that is not EVTX looks like by its first bytes, to stand after "it looks like". */
export function describeContent(start: Buffer): string {
  const head = start.toString('latin1', 0, 1024)
  const known = BINARY_SIGNATURES.find(({ at, bytes }) => head.startsWith(bytes, at))
  if (known !== undefined) return known.description
  if (/^\0*$/.test(head)) return 'nothing but zero bytes'
  return hasControlCharacters(head)
    ? 'unknown binary data'
    : describeText(head.replace(/^\xef\xbb\xbf/, '').trimStart())
}

function hasControlCharacters(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells binary data from text
  return /[\0-\x08\x0e-\x1a]/.test(text)
}

function describeText(text: string): string {
  if (text.startsWith('version https://git-lfs')) return 'a Git LFS pointer, which only names the log'
  if (text.startsWith('<')) return 'XML or HTML'
  if (text.startsWith('{') || text.startsWith('[')) return 'JSON'
  return 'plain text'
}
