import { parse } from 'tldts'
import { canonicalHostName } from './host-name'

const ADDRESS = /^[\d.]+$|:/
const LABELS_MIN = 3

/**
 * The DNS domain of the organisation that a host belongs to, as its printed name says: "corp.example" of "ws-1.emea.corp.example" where
 * "corp.example" was registered, all but the first label where the name is of no public domain ("corp.local" of "ws-1.corp.local").
 * null where the name says none: a bare name, an address, "pc.local".
 */
export function ownDomain(printedHost: string | null): string | null {
  const name = printedHost === null ? '' : canonicalHostName(printedHost)
  const labels = name.split('.')
  if (ADDRESS.test(name) || labels.length < LABELS_MIN) return null
  const { domain, isIcann, isPrivate } = parse(name, { allowPrivateDomains: true, extractHostname: false })
  const registered = domain !== null && (isIcann === true || isPrivate === true)
  // of a hosting service's names everybody gets one: its customers share no domain
  if (registered) return domain === name ? null : domain
  return labels.slice(1).join('.')
}
