import { mask } from './mask'

// browsers put in the slashes that a web address lacks, and no file is named so; one backslash leads into a drive of PowerShell (`hklm:\\software`)
const URL_START =
  /^(?:https?:[\\/]{0,3}|ftps?:[\\/]{1,3}|[a-z][a-z0-9+.-]{1,20}:(?:\/|\\[\\/])[\\/]{0,2})[^\\/]/
const EMBEDDED = /(?:https?|ftp):[\\/]{1,2}[^\s"'<>|),;]{1,2048}/
const PARTS =
  /^([a-z][a-z0-9+.-]{1,20}):[\\/]{0,3}(?:[^\\/@]{0,256}@)?([^\\/:?#]{1,256})(:[^\\/?#]{1,16})?(.{0,4096})$/s

/** How administrators' scripts name what the directory, a host's accounts or its web server hold. */
const DIRECTORY_PATH = /^(?:ldap|gc|winnt|iis):/

/** Whether a cleaned text is a URL (`http:\\host` counts too; `file:` is a path, one letter is a drive, `ldap:` leads into the directory). */
export function isUrl(text: string): boolean {
  return URL_START.test(text) && !text.startsWith('file:') && !DIRECTORY_PATH.test(text)
}

/** The first web address inside a cleaned script or value; null where there is none. */
export function findUrl(text: string): string | null {
  return text.includes(':') ? (EMBEDDED.exec(text)?.[0] ?? null) : null
}

/** File name at the end of a URL's path; null where the path ends in a folder. */
export function urlFileName(url: string): string | null {
  const path = url.replace(/[?#].*$/s, '').replaceAll('\\', '/')
  const name = path.slice(path.lastIndexOf('/') + 1)
  const hostOnly = !/^[a-z0-9+.-]+:\/{0,3}[^/]{1,512}\//.test(path)
  return name === '' || hostOnly ? null : name
}

/** Scheme, host and extension: `https://example.com/*.sct`. The path is the sender's choice and says nothing stable. */
export function urlPattern(url: string): string {
  const parts = PARTS.exec(url)
  if (parts === null) return 'url:*'
  const [, scheme = '', host = '', port = ''] = parts
  const name = urlFileName(url)
  const dot = name?.lastIndexOf('.') ?? -1
  const ending = name === null || dot <= 0 ? '' : name.slice(dot).replace(/[^.a-z0-9]/g, '')
  const shown = `${scheme}://${mask(host)}${port === '' ? '' : ':<n>'}/`
  return name === null ? shown : `${shown}*${mask(ending.slice(0, 12))}`
}
