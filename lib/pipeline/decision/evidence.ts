import { z } from 'zod'
import { counted } from './counted'

/** Named things that evidence keeps at most, the most used first; all are counted. */
export const MAX_LISTED = 50

const listed = z.object({ name: z.string(), executions: z.number(), hosts: z.number() })

/**
 * What was known of a binary's use when a verdict was proposed: frozen with the decision. Numbers cover the whole window;
 * lists hold the most used MAX_LISTED. Times are days, 'YYYY-MM-DD'.
 */
export const EvidenceSchema = z.object({
  version: z.literal(1),
  /** null = no telemetry at all. */
  window: z.object({ from: z.string(), to: z.string() }).nullable(),
  executions: z.number(),
  hosts: z.number(),
  patterns: z.number(),
  parents: z.number(),
  users: z.number(),
  lastDay: z.string().nullable(),
  /** What is stored of use before the window; null = frozen before this was counted. */
  earlier: z
    .object({ executions: z.number(), hosts: z.number(), lastDay: z.string().nullable() })
    .nullable()
    .default(null),
  openDeviations: z.number(),
  /** Patterns judged malicious that ran in the window; null = frozen before this was counted. */
  maliciousDeviations: z.number().nullable().default(null),
  highestScoreMillibits: z.number(),
  /** Hosts on which it was not seen, by what they report. */
  notSeenOn: z.object({
    full: z.number(),
    partial: z.number(),
    'no-command-lines': z.number(),
    silent: z.number(),
  }),
  topHosts: z.array(listed.omit({ hosts: true })),
  topPatterns: z.array(listed),
  topParents: z.array(listed),
  topUsers: z.array(listed),
  /** What the numbers suggested, over everything stored; null = frozen before this was kept. */
  suggestion: z
    .object({
      /** null = they allowed none; the reasons say why. */
      verdict: z.enum(['safe-to-block', 'restrict', 'required']).nullable(),
      reasons: z.array(z.string()),
      cautions: z.array(z.string()),
    })
    .nullable()
    .default(null),
})
export type Evidence = z.infer<typeof EvidenceSchema>
export type Listed = z.infer<typeof listed>
/** What evidence says of whether it runs at all. */
export type UseSeen = Pick<Evidence, 'window' | 'executions' | 'hosts' | 'earlier'>

/** Evidence as stored; null when it is of a form that is no longer read. */
export function readEvidence(stored: unknown): Evidence | null {
  const read = EvidenceSchema.safeParse(stored)
  return read.success ? read.data : null
}

export type EvidenceRow = {
  label: string
  proposed: number | null
  frozen: number | null
  now: number | null
  kind: 'count' | 'millibits'
}

const ROWS: readonly {
  label: string
  value: (evidence: Evidence) => number | null
  kind: EvidenceRow['kind']
}[] = [
  { label: 'Executions', value: (evidence) => evidence.executions, kind: 'count' },
  { label: 'Executions before that', value: ({ earlier }) => earlier?.executions ?? null, kind: 'count' },
  { label: 'Hosts using it', value: (evidence) => evidence.hosts, kind: 'count' },
  { label: 'Command patterns', value: (evidence) => evidence.patterns, kind: 'count' },
  { label: 'Parents', value: (evidence) => evidence.parents, kind: 'count' },
  { label: 'Users', value: (evidence) => evidence.users, kind: 'count' },
  { label: 'Open deviations', value: (evidence) => evidence.openDeviations, kind: 'count' },
  { label: 'Judged malicious', value: (evidence) => evidence.maliciousDeviations, kind: 'count' },
  { label: 'Highest score', value: (evidence) => evidence.highestScoreMillibits, kind: 'millibits' },
  { label: 'Not seen, full coverage', value: (evidence) => evidence.notSeenOn.full, kind: 'count' },
  { label: 'Not seen, reported in part', value: (evidence) => evidence.notSeenOn.partial, kind: 'count' },
  {
    label: 'Not seen, no command lines',
    value: (evidence) => evidence.notSeenOn['no-command-lines'],
    kind: 'count',
  },
  { label: 'Not seen, no telemetry', value: (evidence) => evidence.notSeenOn.silent, kind: 'count' },
]

/** The same numbers side by side: as frozen where it holds, and now; `proposed`: when it was proposed for more hosts. */
export function compareEvidence(
  frozen: Evidence | null,
  now: Evidence | null,
  proposed: Evidence | null = null,
): EvidenceRow[] {
  return ROWS.map(({ label, value, kind }) => ({
    label,
    proposed: proposed && value(proposed),
    frozen: frozen && value(frozen),
    now: now && value(now),
    kind,
  }))
}

/** The days that evidence is of, as sentences on its numbers end: ' from 2026-01-01 to 2026-06-30'. */
export function spanWords({ window }: Pick<Evidence, 'window'>): string {
  return window === null ? '' : ` from ${window.from} to ${window.to}`
}

/** A sentence on use before the window, which numbers and what is not seen leave out, behind another one: ' Before that it ran 4 times …'; '' where there was none. */
export function earlierWords({ earlier }: Pick<Evidence, 'earlier'>): string {
  if (earlier === null || earlier.executions === 0) return ''
  return ` Before that it ran ${counted(earlier.executions, 'time')} on ${counted(earlier.hosts, 'host')}, last on ${earlier.lastDay}.`
}

/** Names that are in use now and were not among what was frozen; only sure where the frozen list was complete. */
export function newSince(frozen: readonly Listed[], now: readonly Listed[]): Listed[] {
  const known = new Set(frozen.map(({ name }) => name))
  return now.filter(({ name }) => !known.has(name))
}
