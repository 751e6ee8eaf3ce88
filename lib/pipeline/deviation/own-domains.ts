import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isBelow, namesOwnServersOnly, toOwn } from '@/lib/pipeline/catalogue/tools/own-servers'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'

/** Longer patterns end so: what was cut off may name anybody's server. */
const CUT = ' <cut>'

/** Signatures as they count under the domains in force: a day scores the same ones on every host. */
const READ = new WeakMap<readonly string[], WeakMap<Signature, Signature>>()

/** `example.com:443` of the trait. */
function isOwnDestination(value: string, domains: readonly string[]): boolean {
  const [name = ''] = value.split(':')
  return isBelow(name, domains)
}

function read(signature: Signature, domains: readonly string[]): Signature {
  const { pattern, facts, traits } = signature
  const shown = domains.map((domain) => mask(domain))
  const readable = pattern !== null && !pattern.endsWith(CUT) && !facts.includes('inline-script')
  const reached = traits.destination?.filter((value) => !isOwnDestination(value, shown)) ?? null
  return {
    ...signature,
    facts: readable && namesOwnServersOnly(pattern, shown) ? toOwn(facts, pattern) : facts,
    traits: { ...traits, destination: reached },
  }
}

/**
 * A signature as its risk is judged where an administrator named domains as the organisation's own: addresses and shares below them count as those below
 * a host's own domain do, and connections to them lead to no outside. Only where every server that the command line names is theirs. The signature's
 * identity, and with it what was learned, stays.
 * @param domains lower-case DNS names without a final dot
 */
export function withOwnDomains(signature: Signature, domains: readonly string[]): Signature {
  if (domains.length === 0) return signature
  const underThese = READ.get(domains) ?? new WeakMap<Signature, Signature>()
  READ.set(domains, underThese)
  const known = underThese.get(signature)
  if (known !== undefined) return known
  const own = read(signature, domains)
  underThese.set(signature, own)
  return own
}
