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

/** The configuration that closes most of a host's gaps with the least: the first of the registry among equals; null = none is needed or known. */
export function configFor(gaps: readonly ExpectedKind[]): AuditConfig | null {
  const closing = (config: AuditConfig) =>
    config.closes.filter((gap) => (gaps as readonly Gap[]).includes(gap)).length
  const able = AUDIT_CONFIGS.filter((config) => config.id !== 'event-forwarding' && closing(config) > 0)
  return able.toSorted((a, b) => closing(b) - closing(a))[0] ?? null
}
