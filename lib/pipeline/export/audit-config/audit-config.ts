import type { TelemetryKind } from '@/lib/pipeline/event/event'
import type { ExportFile } from '../policy/policy'
import type { Watched } from '../watched'

/** What closes a gap in what hosts send: kinds of events, and the command lines of process creations. */
export type Gap = TelemetryKind | 'command-lines'

/** How one tool is told to write down what Cordon reads. One file and one line in registry.ts. */
export type AuditConfig = {
  id: string
  label: string
  platform: 'windows' | 'macos'
  /** What hosts send once it is in place. */
  closes: readonly Gap[]
  about: string
  write: (watched: Watched) => readonly ExportFile[]
  deploy: readonly string[]
  verify: readonly string[]
}
