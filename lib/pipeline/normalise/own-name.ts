import { canonicalHostName } from './host-name'

const ADDRESS = /^[\d.]+$|:/
/** Shorter names, and names of letters alone, are words that a command line may hold for any reason. */
const TELLING = /^(?=.{4,63}$)(?=.*[a-z_])[a-z0-9_-]*[\d-][a-z0-9_-]*$/

/** First label of a host's printed name, lower case, where no other word reads like it: "desktop-ab3cd4f". null = none printed, an address, a plain word. */
export function ownName(printedHost: string | null): string | null {
  const name = printedHost === null ? '' : canonicalHostName(printedHost)
  const [label = ''] = name.split('.', 1)
  return !ADDRESS.test(name) && TELLING.test(label) ? label : null
}

/** Whether a text may name the host: what is remembered of texts that do not holds for every host. */
export function mentions(text: string | null, name: string | null): boolean {
  return text !== null && name !== null && text.toLowerCase().includes(name)
}
