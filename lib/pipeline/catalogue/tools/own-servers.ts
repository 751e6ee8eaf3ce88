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

/** The facts of what comes from the organisation's own servers: those of the network say so, the others stay. */
export function toOwn(facts: readonly RiskFact[]): RiskFact[] {
  return facts.map((fact) => OWN.get(fact) ?? fact)
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
    isBelow(server, domains)
  return servers.length > 0 && servers.every(isOwn)
}

/**
 * A reading in which what comes from the organisation's own servers is told from what comes from elsewhere. Only where every address in a word is
 * theirs: one that is not recognised as an address leaves the word as it is.
 * @param domain of ownDomain; null = not known: then names of private networks alone
 */
export function withOwnServers(reading: Reading, domain: string | null): Reading {
  if (!reading.pieces.some(({ facts }) => facts.some(isNetworkFact))) return reading
  const shown = domain === null ? [] : [mask(domain)]
  let rest = false
  const pieces = reading.pieces.map((piece): Piece => {
    if (!piece.facts.some(isNetworkFact)) return piece
    if (piece.facts.includes('inline-script') || !namesOwnServersOnly(piece.text, shown)) {
      rest = true
      return piece
    }
    return { ...piece, facts: toOwn(piece.facts) }
  })
  const changed = pieces.some((piece, index) => piece !== reading.pieces[index])
  return changed ? { ...reading, pieces, facts: rest ? reading.facts : toOwn(reading.facts) } : reading
}
