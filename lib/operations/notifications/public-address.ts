import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import { ExpectedError } from '@/lib/errors'

/** An address range that an administrator allows beside public ones. */
export type AllowedRange = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** '10.1.0.0/16, fd00::/8' → ranges. @throws ExpectedError 'unavailable' naming what is not a range */
export function parseRanges(text: string | undefined): AllowedRange[] {
  const parts = (text ?? '').split(',').flatMap((part) => part.trim() || [])
  return parts.map((part) => {
    if (!ipaddr.isValidCIDR(part))
      throw new ExpectedError(
        'unavailable',
        `CORDON_WEBHOOK_PRIVATE: ${part} is not a range like 10.1.0.0/16`,
      )
    return ipaddr.parseCIDR(part)
  })
}

/** All of IPv6 that is given out so far (RFC 4291, 2.4): outside lie site-local addresses, and translators to private IPv4 (RFC 8215). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')

export type Reachable = { address: string; family: 4 | 6; isPublic: boolean }

/**
 * What an address is, if it may be posted to: public, or in a range that is allowed. null = neither: this machine, a private network, a
 * cloud's metadata, multicast, or one of these written as another kind of address.
 */
export function classAddress(address: string, allowed: readonly AllowedRange[]): Reachable | null {
  if (!ipaddr.isValid(address)) return null
  // ::ffff:10.0.0.1 is 10.0.0.1; other ways to embed an address are no unicast ranges
  const parsed = ipaddr.process(address)
  const isPublic = parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST))
  const isAllowed = allowed.some(
    ([range, bits]) => range.kind() === parsed.kind() && parsed.match([range, bits]),
  )
  if (!isPublic && !isAllowed) return null
  return { address: parsed.toString(), family: parsed.kind() === 'ipv4' ? 4 : 6, isPublic }
}

/**
 * Where a host name leads at present. Whoever connects must connect to the answer and not ask again: a name may say something else then.
 * @throws ExpectedError 'invalid-input' when the name is not known, or any of its addresses may not be posted to: in the same words, so that
 * nobody learns which names there are inside
 */
export async function resolveReachable(host: string, allowed: readonly AllowedRange[]): Promise<Reachable> {
  const name = host.replace(/^\[|\]$/g, '')
  const found = await lookup(name, { all: true, verbatim: true }).catch(() => [])
  const reachable = found.map(({ address }) => classAddress(address, allowed))
  const [first] = reachable
  if (first === undefined || first === null || reachable.includes(null))
    throw new ExpectedError(
      'invalid-input',
      `${host} is not a public address, or not known. An administrator can allow private ranges with CORDON_WEBHOOK_PRIVATE.`,
    )
  return first
}
