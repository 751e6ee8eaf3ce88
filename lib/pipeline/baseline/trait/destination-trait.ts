import { parse } from 'tldts'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import { storableText } from '@/lib/pipeline/storable-text'
import { classifyAddress } from './address-class'
import { toTrait } from './traits'

/** A place that a process reached, or asked the name of (then without address and port). */
export type Contact = {
  /** As DNS gave it, lower-case. */
  name: string | null
  ip: string | null
  port: number | null
  /** false where the other side opened the connection. */
  initiated: boolean | null
}

const EPHEMERAL_PORT = 49_152
const NAME_LENGTH_MAX = 64

function portWords(port: number | null): string {
  if (port === null) return ''
  return port >= EPHEMERAL_PORT ? ':high' : `:${port}`
}

/**
 * What a name was registered as: "example.co.uk", and of hosting services the customer's part ("someone.azurewebsites.net"), since it is the
 * customer who decides what it serves. Generated parts are masked. null for names of no public domain.
 */
export function registeredDomain(name: string): string | null {
  const { domain, isIcann, isPrivate } = parse(name, { allowPrivateDomains: true, extractHostname: false })
  if (domain === null || (isIcann !== true && isPrivate !== true)) return null
  return storableText(mask(domain.toLowerCase()).slice(0, NAME_LENGTH_MAX))
}

/**
 * The feature value of a contact: "example.com:443" where a name is known, else "external:443" or "internal:445"; "inbound:8080" for a
 * connection that was accepted. null for the host itself, multicast, and names within.
 */
export function destinationValue({ name, ip, port, initiated }: Contact): string | null {
  const reach = ip === null ? null : classifyAddress(ip)
  if (reach === 'nowhere') return null
  if (initiated === false) return `inbound${portWords(port)}`
  const domain = name === null || reach === 'internal' ? null : registeredDomain(name)
  if (domain !== null) return `${domain}${portWords(port)}`
  return reach === null ? null : `${reach}${portWords(port)}`
}

/** A name that a process asked for, and the addresses and names that it was told. */
export type Query = { name: string; answers: readonly string[] }

/**
 * What a process reached: its connections, under the name it had asked for where one of its queries was answered with that address, and the names it
 * asked for without connecting. Of several names of an address the first in order counts.
 */
export function namedContacts(connections: readonly Contact[], queries: readonly Query[]): Contact[] {
  const nameOf = new Map<string, string>()
  for (const { name, answers } of queries)
    for (const answer of answers) {
      const known = nameOf.get(answer)
      if (known === undefined || name < known) nameOf.set(answer, name)
    }
  const named = connections.map((contact) => ({
    ...contact,
    name: (contact.ip === null ? undefined : nameOf.get(contact.ip)) ?? contact.name,
  }))
  const reached = new Set(named.map(({ name }) => name))
  const asked = queries.filter(({ name }) => !reached.has(name))
  return [...named, ...asked.map(({ name }) => ({ name, ip: null, port: null, initiated: null }))]
}

/** The `destination` trait of a process. */
export function destinationTrait(contacts: readonly Contact[]): string[] {
  return toTrait(contacts.flatMap((contact) => destinationValue(contact) ?? []))
}

/** Whether a value of the trait lies outside: by name, or by an address of no private network. */
export function isExternalValue(value: string): boolean {
  return !value.startsWith('internal') && !value.startsWith('inbound')
}
