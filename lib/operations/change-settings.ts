import { parse } from 'tldts'
import { z } from 'zod'
import { today } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { canonicalJson, type Json } from '@/lib/pipeline/decision/audit-content'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { RISK_REASONS } from '@/lib/pipeline/deviation/reasons/registry'
import { SETTING_BOUNDS } from '@/lib/pipeline/deviation/setting-bounds'
import { visible } from '@/lib/pipeline/visible-text'
import type { AuditSubject } from '@/lib/store/audit'
import { pool } from '@/lib/store/pool'
import {
  lockSettings,
  putSetting,
  queueFleetFrom,
  readSettings,
  type Scoring,
  type Settings,
} from '@/lib/store/settings'
import { audited } from './audited'
import { checked } from './checked'

const CODES = RISK_REASONS.map(({ code }) => code)

function whole({ least, most }: { least: number; most: number }, of: string) {
  const words = `${of}: give a whole number from ${least} to ${most}.`
  return z.int(words).min(least, words).max(most, words)
}

function share({ least, most }: { least: number; most: number }, of: string) {
  const words = `${of}: give a number from ${least} to ${most}.`
  return z.number(words).min(least, words).max(most, words)
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/** Names below a suffix that everybody gets names of would be anybody's. */
function isOfOneOwner(name: string): boolean {
  const labels = name.split('.')
  if (labels.length < 2 || name.length > 253 || !labels.every((label) => LABEL.test(label))) return false
  return parse(name, { allowPrivateDomains: true, extractHostname: false }).publicSuffix !== name
}

const OwnDomains = z
  .array(
    z
      .string()
      .trim()
      .toLowerCase()
      .refine(isOfOneOwner, {
        error: ({ input }) =>
          `“${visible(String(input))}” is no domain of one organisation: give names such as corp.example.com.`,
      }),
  )
  .max(SETTING_BOUNDS.ownDomains.most, `Give at most ${SETTING_BOUNDS.ownDomains.most} domains.`)
  .readonly()
  .transform((names): readonly string[] => [...new Set(names)].sort())

const ScoringDraft = z
  .object({
    noveltyShare: share(SETTING_BOUNDS.noveltyShare, 'Share of the unusual'),
    riskBits: z.record(
      z.string().refine((code) => CODES.includes(code), 'There is no such reason.'),
      share(SETTING_BOUNDS.riskBits, 'Bits of a reason'),
    ),
    ownDomains: OwnDomains.default([]),
    learning: z.object({
      windowDays: whole(SETTING_BOUNDS.windowDays, 'Learning window'),
      halfLifeDays: whole(SETTING_BOUNDS.halfLifeDays, 'Half-life'),
    }),
  })
  .refine(({ learning }) => learning.halfLifeDays <= learning.windowDays, {
    message: 'The half-life is longer than the learning window: what is forgotten cannot fade.',
  })
  .transform((scoring): Scoring => ({ ...scoring, riskBits: withoutShipped(scoring.riskBits) }))

const TeamDraft = z.object({ itemsADay: whole(SETTING_BOUNDS.itemsADay, 'New items a day') })

const Change = z.object({
  scoring: ScoringDraft,
  team: TeamDraft,
  /** First day whose scores the change concerns; null = every day on record. */
  from: z.iso.date('Give the first day as YYYY-MM-DD.').nullable(),
  /** The settings in force when the administrator looked. */
  read: z.object({ scoring: ScoringDraft, team: TeamDraft }),
})
export type SettingsChange = z.input<typeof Change>

/** @throws ExpectedError 'invalid-input' */
export function checkedSettings(submitted: SettingsChange): z.output<typeof Change> {
  return checked(Change, submitted)
}

/** The day from which a change of every day on record holds. */
export const BEGINNING = '1970-01-01'

/** What is as shipped is not kept, so that later releases may ship something better. */
function withoutShipped(riskBits: Readonly<Record<string, number>>): Record<string, number> {
  const shipped = new Map(RISK_REASONS.map(({ code, weight }) => [code, weight]))
  return Object.fromEntries(
    Object.entries(riskBits)
      .filter(([code, bits]) => shipped.get(code) !== bits)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/**
 * Puts settings in force. Scores of the days from `from` on are computed again by the worker; earlier days keep the settings they had.
 * How many items a team wants to see concerns no score, and holds from today on.
 * @returns the hosts that are computed again
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when somebody else changed them meanwhile
 */
export async function changeSettings(actor: Actor, submitted: SettingsChange): Promise<{ hosts: number }> {
  requirePermission(actor, 'manage-settings')
  const change = checkedSettings(submitted)
  const accountId = actor.kind === 'account' ? actor.accountId : null
  const { hosts } = await audited(actor, toAudit, async (tx) => {
    await lockSettings(tx)
    const before = await readSettings(pool(), today())
    const changes = changesOf(before, change)
    const from = change.from ?? BEGINNING
    if (changes.team) await putSetting(tx, 'team', change.team, before.day, accountId)
    if (!changes.scoring) return { before, after: change, changes, from, hosts: 0 }
    await putSetting(tx, 'scoring', change.scoring, from, accountId)
    return { before, after: change, changes, from, hosts: await queueFleetFrom(tx, from) }
  })
  return { hosts }
}

type Changes = { scoring: boolean; team: boolean }

function changesOf(before: Settings, { scoring, team, read }: Settings & { read: Settings }): Changes {
  if (!same(before.scoring, read.scoring) || !same(before.team, read.team))
    throw new ExpectedError(
      'conflict',
      'Somebody else changed the settings meanwhile: look at them as they are now.',
    )
  const changes = { scoring: !same(before.scoring, scoring), team: !same(before.team, team) }
  if (!changes.scoring && !changes.team) throw new ExpectedError('invalid-input', 'Nothing was changed.')
  return changes
}

type Saved = { before: Settings; after: Settings; changes: Changes; from: string; hosts: number }

function toAudit({ before, after, changes, from, hosts }: Saved): AuditSubject {
  return {
    action: 'settings-changed',
    subjectKind: 'settings',
    subjectId: changes.scoring ? 'scoring' : 'team',
    detail: {
      ...(changes.scoring && { scoring: { from, hosts, before: before.scoring, after: after.scoring } }),
      ...(changes.team && { team: { before: before.team, after: after.team } }),
    },
  }
}

function same(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b)
}
