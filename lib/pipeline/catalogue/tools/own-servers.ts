import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Piece, Reading, RiskFact } from './tool-use'

/** A server as patterns name it: `https://host/`, `<unc>\host\`. Bounded. */
const SERVER = /([a-z][a-z0-9+.-]{1,20}:\/\/|<(?:unc|webdav)>\\)([^\\/:*\s"'|]{1,256})/g

const OWN: ReadonlyMap<RiskFact, RiskFact> = new Map([
  ['remote-url', 'own-url'],
  ['unc-path', 'own-share'],
])

function isNetworkFact(fact: RiskFact): boolean {
  return OWN.has(fact)
}

/** Any share as patterns name it, and those that every controller of a domain offers. */
const SHARE = /<unc>\\/g
const DOMAIN_SHARE = /<unc>\\[^\\\s"']{1,256}\\(?=(?:netlogon|sysvol)(?:[\\\s"']|$))/g
/** Stands for whichever controller answers: that differs from run to run. */
const DOMAIN = '<domain>'

function onlyDomainShares(text: string): boolean {
  const shares = text.match(SHARE)?.length ?? 0
  return shares > 0 && shares === text.match(DOMAIN_SHARE)?.length
}

/**
 * The facts of what comes from the organisation's own servers: those of the network say so, the others stay.
 * @param text that names the servers, as patterns do
 */
export function toOwn(facts: readonly RiskFact[], text: string): RiskFact[] {
  const isDomains = onlyDomainShares(text)
  return facts.map((fact) => {
    const own = OWN.get(fact) ?? fact
    return own === 'own-share' && isDomains ? 'domain-share' : own
  })
}

function withoutController(piece: Piece): Piece {
  if (!piece.facts.includes('domain-share')) return piece
  return { ...piece, text: piece.text.replace(DOMAIN_SHARE, `<unc>\\${DOMAIN}\\`) }
}

/** Names that no public name server answers for: one without a dot, and those below domains kept for private networks (RFC 6762 appendix G, ICANN's .internal). */
const PRIVATE_NAME =
  /^(?!localhost$|tsclient$|\d+$|0x)(?:[a-z0-9_-]{1,63}|(?:[a-z0-9_-]{1,63}\.){1,8}(?:local|internal|intranet|private|corp|home|lan))$/

/** As patterns mask numbers in names. */
const NUMBER = '<n>'

/** Addresses whose first part is a server's name; in others it may be anything. */
const NAMES_A_SERVER = /^(?:https?|ftp|file):|^</

/** Whether a name is one of these domains, or lies below one. */
export function isBelow(name: string, domains: readonly string[]): boolean {
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`))
}

/**
 * Whether a pattern's text names a server, and all that it names are the organisation's own. A user's name or port in the address makes it another's.
 * `domains`: as patterns print them.
 */
export function namesOwnServersOnly(text: string, domains: readonly string[]): boolean {
  const servers = Array.from(text.matchAll(SERVER), ([, scheme = '', server = '']) => ({ scheme, server }))
  const isOwn = ({ scheme, server }: { scheme: string; server: string }) =>
    (NAMES_A_SERVER.test(scheme) && PRIVATE_NAME.test(server.replaceAll(NUMBER, '0'))) ||
    isBelow(server, domains) ||
    server === DOMAIN
  return servers.length > 0 && servers.every(isOwn)
}

function isForeign(piece: Piece, domains: readonly string[]): boolean {
  return piece.facts.includes('inline-script') || !namesOwnServersOnly(piece.text, domains)
}

/**
 * A reading in which what comes from the organisation's own servers is told from what comes from elsewhere. Only where every address in a word is
 * theirs: one that is not recognised as an address leaves the word as it is. Controllers of the own domain are one.
 * @param domain of ownDomain; null = not known: then names of private networks alone
 */
export function withOwnServers(reading: Reading, domain: string | null): Reading {
  const named = reading.pieces.filter(({ facts }) => facts.some(isNetworkFact))
  const domains = domain === null ? [] : [mask(domain)]
  const foreign = named.filter((piece) => isForeign(piece, domains))
  const pieces = reading.pieces.map((piece) =>
    withoutController(
      named.includes(piece) && !foreign.includes(piece)
        ? { ...piece, facts: toOwn(piece.facts, piece.text) }
        : piece,
    ),
  )
  if (named.length === 0 || foreign.length > 0) return { ...reading, pieces }
  const text = named.map((piece) => piece.text).join(' ')
  return { ...reading, pieces, facts: toOwn(reading.facts, text) }
}
