/** What kind of account ran it. No names: a signature says the same of every user alike. */
type UserClass =
  | 'system'
  | 'local service'
  | 'network service'
  | 'service account'
  | 'machine account'
  | 'administrator'
  | 'standard user'

/** Well-known SIDs, [MS-DTYP] 2.4.2.4. */
const BY_SID: ReadonlyMap<string, UserClass> = new Map([
  ['s-1-5-18', 'system'],
  ['s-1-5-19', 'local service'],
  ['s-1-5-20', 'network service'],
])

/** Names as Windows prints them in English, German, French, Spanish and Italian. */
const BY_NAME: ReadonlyMap<string, UserClass> = new Map([
  ['system', 'system'],
  ['système', 'system'],
  ['sistema', 'system'],
  ['local service', 'local service'],
  ['lokaler dienst', 'local service'],
  ['service local', 'local service'],
  ['servicio local', 'local service'],
  ['servizio locale', 'local service'],
  ['network service', 'network service'],
  ['netzwerkdienst', 'network service'],
  ['service réseau', 'network service'],
  ['servicio de red', 'network service'],
  ['servizio di rete', 'network service'],
])

/** Domains of virtual accounts: services, IIS pools, Hyper-V machines, window and font managers. */
const VIRTUAL_DOMAINS = new Set([
  'nt service',
  'iis apppool',
  'nt virtual machine',
  'window manager',
  'font driver host',
])

/** Domain SIDs and Entra ID SIDs belong to people and machines, all others (S-1-5-80, -82, -83, -90, -96) to services. */
const PERSON_SID = /^s-1-(?:5-21|12-1)-/

function classOfSid(sid: string): UserClass | null {
  const known = BY_SID.get(sid)
  if (known !== undefined) return known
  return sid.startsWith('s-1-') && !PERSON_SID.test(sid) ? 'service account' : null
}

function classOfName(name: string): UserClass | null {
  const at = name.lastIndexOf('\\')
  const account = name.slice(at + 1)
  if (VIRTUAL_DOMAINS.has(name.slice(0, Math.max(at, 0)))) return 'service account'
  return BY_NAME.get(account) ?? (account.endsWith('$') ? 'machine account' : null)
}

/**
 * User class and integrity, "standard user, medium"; an integrity that was not reported is left out.
 * null where neither name nor SID was reported.
 */
export function userClass(user: string | null, sid: string | null, integrity: string | null): string | null {
  if (user === null && sid === null) return null
  const service = (sid && classOfSid(sid.toLowerCase())) || (user && classOfName(user.toLowerCase()))
  const person: UserClass = integrity === 'high' || integrity === 'system' ? 'administrator' : 'standard user'
  return [service || person, integrity].filter((part) => part !== null).join(', ')
}

const PEOPLE: ReadonlySet<string> = new Set<UserClass>(['administrator', 'standard user'])

/** Whether a value of `userClass` is no person's: SYSTEM, a service or a machine. */
export function isServiceClass(value: string): boolean {
  return !PEOPLE.has(value.split(',')[0] ?? '')
}
