import type { ExampleUse } from './ingest/example-use'

const IMAGE = 'C:\\Windows\\System32\\mshta.exe'
const PARENTS = [
  'C:\\Windows\\explorer.exe',
  'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
]
const LINES = ['mshta.exe C:\\Apps\\form.hta', 'mshta.exe http://203.0.113.9/a.hta', null]

export const USERS = ['CORP\\ada', 'CORP\\ben', 'NT AUTHORITY\\SYSTEM']
/** Of one of them, where it is reported. */
export const USER_SID = 'S-1-5-21-1'

/** What blocks of mshta.exe are replayed over: four hosts, five days, and accounts that are reported in another case or with a SID now and then. */
export const BLOCK_USE: readonly ExampleUse[] = Array.from({ length: 72 }, (_, at) => ({
  host: `ws-${1 + (at % 4)}`,
  at: `2026-01-${String(5 + (at % 5)).padStart(2, '0')}T${String(6 + (at % 13)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00Z`,
  image: at % 11 === 0 ? 'C:\\Users\\Public\\copy.exe' : IMAGE,
  originalFileName: 'MSHTA.EXE',
  commandLine: LINES[at % 3] ?? null,
  parentImage: PARENTS[at % 7 === 0 ? 1 : 0] ?? null,
  ...userOf(at),
}))

function userOf(at: number) {
  const place = at % 5 === 0 ? 2 : at % 2
  const user = USERS[place] ?? ''
  return {
    user: at % 7 === 0 ? user.toLowerCase() : user,
    userSid: place === 1 && at % 3 === 0 ? USER_SID : null,
  }
}
