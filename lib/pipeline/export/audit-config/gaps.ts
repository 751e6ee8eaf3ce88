import type { TelemetryKind } from '@/lib/pipeline/event/event'
import type { AuditConfig, Gap } from './audit-config'
import { AUDIT_CONFIGS } from './registry'

/** What a host has to send so that its baselines hold and blocks on it can be watched. */
export const EXPECTED_KINDS = [
  'process-creation',
  'command-lines',
  'module-load',
  'network-connection',
  'dns-query',
  'attempt',
] as const satisfies readonly Gap[]
export type ExpectedKind = (typeof EXPECTED_KINDS)[number]

/** What a host sent in a window: kinds that arrived, and whether most creations had a command line. */
export type Sent = { kinds: readonly TelemetryKind[]; withCommandLines: boolean }

/** What is missing of what a host should send, in the order of EXPECTED_KINDS. */
export function gapsOf({ kinds, withCommandLines }: Sent): ExpectedKind[] {
  return EXPECTED_KINDS.filter((kind) =>
    kind === 'command-lines' ? !withCommandLines : !kinds.includes(kind),
  )
}

/** The configurations that close a host's gaps: first the one that closes most of them, the first of the registry among equals, then what is left. */
export function configsFor(gaps: readonly ExpectedKind[]): AuditConfig[] {
  const chosen: AuditConfig[] = []
  let open: readonly Gap[] = gaps
  while (open.length > 0) {
    const closing = ({ closes }: AuditConfig) => closes.filter((gap) => open.includes(gap)).length
    const able = AUDIT_CONFIGS.filter((config) => config.id !== 'event-forwarding' && closing(config) > 0)
    const best = able.toSorted((a, b) => closing(b) - closing(a))[0]
    if (best === undefined) break
    chosen.push(best)
    open = open.filter((gap) => !best.closes.includes(gap))
  }
  return chosen
}
