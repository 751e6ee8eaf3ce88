import ipaddr from 'ipaddr.js'

/** Where an address leads, as far as its number says. */
export type AddressClass = 'external' | 'internal' | 'nowhere'

const INTERNAL = new Set(['private', 'linkLocal', 'carrierGradeNat', 'uniqueLocal'])
const NOWHERE = new Set(['unspecified', 'loopback', 'multicast', 'broadcast'])

/**
 * The class of an IP address: `internal` for private networks and link-local addresses; `nowhere` for the host itself, multicast,
 * broadcast and what is no address; `external` for everything else.
 */
export function classifyAddress(address: string): AddressClass {
  if (!ipaddr.isValid(address)) return 'nowhere'
  const range = ipaddr.process(address).range()
  if (NOWHERE.has(range)) return 'nowhere'
  return INTERNAL.has(range) ? 'internal' : 'external'
}
