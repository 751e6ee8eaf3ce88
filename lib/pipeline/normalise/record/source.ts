/** A collector's log, where events of any source lie. */
const COLLECTED = 'forwardedevents'

/** What names an event's source, in lower case; nothing where only its collector is named. */
export function sourceOf(provider: string | null, channel: string | null): string {
  const source = (provider ?? channel ?? '').toLowerCase()
  return source === COLLECTED ? '' : source
}
