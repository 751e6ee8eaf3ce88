import { cleanText } from './clean'
import { foldCharacters } from './fold-characters'
import { isUrl } from './url'

/** 8.3 names whose long form is the same on every installation. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['progra~1', 'program files'],
  ['progra~2', 'program files (x86)'],
  ['progra~3', 'programdata'],
  ['docume~1', 'documents and settings'],
  ['locals~1', 'local settings'],
  ['applic~1', 'application data'],
  ['allus~1', 'all users'],
  ['alluse~1', 'all users'],
  ['startm~1', 'start menu'],
  ['downlo~1', 'downloads'],
  ['common~1', 'common files'],
  ['syswow~1', 'syswow64'],
])

/** Folders of older Windows that are links to the present ones. */
const PROFILE_LINKS: ReadonlyMap<string, readonly string[]> = new Map([
  ['local settings', ['appdata', 'local']],
  ['application data', ['appdata', 'roaming']],
  ['start menu', ['appdata', 'roaming', 'microsoft', 'windows', 'start menu']],
  ['my documents', ['documents']],
])

const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^file:\\+(?=[a-z]:)/, ''],
  [/^file:\\+/, '\\\\'],
  [/^\\\\[?.]\\globalroot(?=\\)/, ''],
  [/^\\[\\?]\?\\unc\\/, '\\\\'],
  [/^\\(?:\\[?.]|\?\?)\\(?=[a-z]:|globalroot\\|device\\|unc\\|\\)/, ''],
  [/^\\device\\harddiskvolume\d{1,4}\\/, 'c:\\'],
  [/^\\device\\(?:mup|lanmanredirector)\\/, '\\\\'],
  [/^\\systemroot\\/, 'c:\\windows\\'],
]

function dropPrefix(path: string): string {
  if (!path.startsWith('\\') && !path.startsWith('file:')) return path
  for (const [prefix, replacement] of PREFIXES) {
    const next = path.replace(prefix, replacement)
    if (next !== path) return next
  }
  return path
}

/** A loop: whoever writes a log can nest thousands of them. Each round makes the path shorter. */
function dropPrefixes(path: string): string {
  let rest = path
  for (let next = dropPrefix(rest); next !== rest; next = dropPrefix(rest)) rest = next
  return rest
}

function trimEnd(segment: string): string {
  let end = segment.length
  while (end > 0 && (segment.charAt(end - 1) === '.' || segment.charAt(end - 1) === ' ')) end -= 1
  return segment.slice(0, end)
}

function goUp(resolved: string[], rooted: boolean): void {
  const parent = resolved.at(-1)
  if (parent !== undefined && parent !== '..') resolved.pop()
  else if (!rooted) resolved.push('..')
}

/** Windows drops trailing dots and blanks of a name; `.` goes, `..` takes its parent along unless there is none to take. */
function resolve(segments: readonly string[], separator: string, rooted: boolean): string[] {
  const resolved: string[] = []
  for (const segment of segments) {
    if (segment === '..') {
      goUp(resolved, rooted)
      continue
    }
    const unixName = segment === '.' ? '' : segment
    const name = separator === '\\' ? trimEnd(segment) : unixName
    if (name !== '') resolved.push(SHORT_NAMES.get(name) ?? name)
  }
  return resolved
}

function withoutLinks(segments: string[]): string[] {
  if (segments[0] === 'documents and settings') segments[0] = 'users'
  if (segments[0] !== 'users') return segments
  if (segments[1] === 'all users')
    return ['programdata', ...segments.slice(2).filter((s, i) => i > 0 || s !== 'application data')]
  const link = segments[2] === undefined ? undefined : PROFILE_LINKS.get(segments[2])
  return link === undefined ? segments : [...segments.slice(0, 2), ...link, ...segments.slice(3)]
}

function cleanWindowsPath(text: string): string {
  const path = dropPrefixes(text.replaceAll('/', '\\'))
  if (path.startsWith('\\\\')) return `\\\\${resolve(path.split('\\'), '\\', true).join('\\')}`
  const drive = /^[a-z]:/.exec(path)?.[0]
  const rest = drive === undefined ? path : path.slice(2)
  if (rest.startsWith('\\')) {
    const segments = resolve(rest.split('\\'), '\\', true)
    return `${drive ?? 'c:'}\\${withoutLinks(segments).join('\\')}`
  }
  const relative = resolve(rest.split('\\'), '\\', false).join('\\')
  if (drive === undefined)
    return rest.startsWith('.\\') && !relative.includes('\\') ? `.\\${relative}` : relative
  return `${drive}${relative}`
}

/** Whether a cleaned text is an absolute path of macOS or Linux rather than a Windows switch. */
export function isUnixPath(text: string): boolean {
  return /^\/[^/:]{1,255}\//.test(text) || text.startsWith('~/')
}

function respell(text: string): string {
  if (text === '' || isUrl(text) || text.startsWith('::{')) return text
  if (text.startsWith('~/')) return `~/${resolve(text.slice(2).split('/'), '/', true).join('/')}`
  if (isUnixPath(text)) return `/${resolve(text.split('/'), '/', true).join('/')}`
  return cleanWindowsPath(text).trim()
}

/** Prefixes can hide in one another; no real path needs more than two rounds. */
const ROUNDS = 6

/**
 * One path in one spelling: cleaned text, `\\?\` and device prefixes dropped, `..` and doubled separators resolved, 8.3 names and old
 * links of the profile in their long form; a path rooted without a drive is taken to be on c:. URLs stay. Cleaning twice changes nothing.
 */
export function cleanPath(raw: string): string {
  let path = cleanText(foldCharacters(raw).replaceAll('"', '')).trim()
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = respell(path)
    if (next === path) break
    path = next
  }
  return path
}
