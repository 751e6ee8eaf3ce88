import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import { isLocalHost } from './data-piece'

const HIVES: ReadonlyMap<string, string> = new Map([
  ['hkey_local_machine', 'hklm'],
  ['hkey_current_user', 'hkcu'],
  ['hkey_classes_root', 'hkcr'],
  ['hkey_users', 'hku'],
  ['hkey_current_config', 'hkcc'],
])
const CONTROL_SET = /^controlset\d{3}$/
const CLASSES_OF_USER = /_classes$/
const USER_HIVES: ReadonlySet<string> = new Set(['hkcu', 'hku'])

export type RegistryKey = {
  /** `hklm`, `hkcu` … */
  hive: string
  /** What is below the hive, a user's number and the branch for 32-bit programs left out, with backslashes; empty for the hive itself. */
  path: string
  /** Any user may write there. */
  ofUser: boolean
  /** It is another host's. */
  remote: boolean
  /** As patterns have it. */
  text: string
}

function bare(segments: readonly string[], hive: string): readonly string[] {
  const below = hive === 'hku' ? segments.slice(1) : segments
  const classes = hive === 'hku' && CLASSES_OF_USER.test(segments[0] ?? '') ? ['software', 'classes'] : []
  const rooted = hive === 'hkcr' ? ['software', 'classes'] : classes
  return [...rooted, ...below].filter((segment) => segment !== 'wow6432node')
}

/** A key of the registry in one spelling, whatever names its hive, its control set and its user have. */
export function readKey(value: string): RegistryKey {
  const clean = cleanText(value).replaceAll('"', '').trim()
  const isNetwork = clean.startsWith('\\\\')
  const segments = clean.split('\\').filter((segment) => segment.trim() !== '')
  const host = isNetwork ? (segments[0] ?? '') : ''
  const [first = '', ...rest] = segments.slice(isNetwork ? 1 : 0)
  const named = first.replace(/:$/, '').trim()
  const hive = HIVES.get(named) ?? named
  const below = rest.map((segment) =>
    CONTROL_SET.test(segment.trim()) ? 'currentcontrolset' : segment.trim(),
  )
  const remote = isNetwork && !isLocalHost(host)
  const shown = [hive, ...below].map((segment) => mask(segment)).join('\\')
  return {
    hive,
    path: bare(below, hive).join('\\'),
    ofUser: USER_HIVES.has(hive),
    remote,
    text: remote ? `\\\\<host>\\${shown}` : shown,
  }
}
