import ipaddr from 'ipaddr.js'
import { env } from '@/lib/env'

/** An IPv6 network of one customer: whoever has one has 2^64 addresses. */
const IPV6_NETWORK_PARTS = 4

/**
 * The address that a request came from: what the outermost of our proxies saw (CORDON_TRUST_PROXY), else the connection's own, which
 * Next writes into X-Forwarded-For once the client's is taken out (lib/http/distrust-forwarded.ts).
 */
export function clientAddress(headers: Headers): string {
  const hops = Math.max(1, env('CORDON_TRUST_PROXY'))
  return headers.get('x-forwarded-for')?.split(',').at(-hops)?.trim() || 'unknown'
}

/** Some proxies write the connection's port too. */
const WITH_PORT = /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/

/**
 * What attempts of an address count for, and the audit log says of it: an IPv4 address, also where it arrived at a socket for both kinds
 * (::ffff:192.0.2.1: all of those are in one /64), or the /64 that an IPv6 address is in.
 */
export function networkOf(address: string): string {
  try {
    const [, ipv6, ipv4] = WITH_PORT.exec(address) ?? []
    const read = ipaddr.process(ipv6 ?? ipv4 ?? address)
    if (read.kind() === 'ipv4') return read.toString()
    const groups = read.toNormalizedString().split(':').slice(0, IPV6_NETWORK_PARTS)
    return `${groups.join(':')}::/64`
  } catch {
    return 'unknown'
  }
}
