import type { Scope } from '@/lib/pipeline/actor'
import { refusalOf } from '@/lib/pipeline/decision/controls'
import { AUDIT_CONFIGS } from '@/lib/pipeline/export/audit-config/registry'
import { type Bundle, fileLines, plainBundle, policyBundle } from '@/lib/pipeline/export/bundle'
import { COLLECTION_SOURCES } from '@/lib/pipeline/export/collection/registry'
import type { DetectionRule } from '@/lib/pipeline/export/detection/detection'
import { baselineRule, decisionRule } from '@/lib/pipeline/export/detection/detection-rules'
import { DETECTION_LANGUAGES } from '@/lib/pipeline/export/detection/registry'
import type { DecisionSet } from '@/lib/pipeline/export/placed-block'
import type { ExportFile } from '@/lib/pipeline/export/policy/policy'
import { writePolicies } from '@/lib/pipeline/export/policy/write-policies'
import { isCounted, loadCatalogue } from '@/lib/store/catalogue'
import { loadFleetBaselines } from '@/lib/store/fleet-baselines'
import { loadDecisionSet } from '@/lib/store/policies'
import { pool } from '@/lib/store/pool'
import { findDataSpan, lastDays } from '@/lib/store/screens/data-window'

/** Days of use that a detection takes for the baseline. */
const BASELINE_DAYS = 90

/** Everything that the decisions of a day become, detections of them included. */
export async function buildPolicies(
  scope: Scope,
  day: string,
): Promise<{ bundle: Bundle; decisions: number[] }> {
  const decisions = await loadDecisionSet(pool(), scope, day)
  const bundle = policyBundle(
    writePolicies(decisions),
    decisions.blocks,
    await decisionDetections(scope, decisions),
  )
  return { bundle, decisions: decisions.blocks.map(({ decisionId }) => decisionId) }
}

/** Detections of what decisions forbid; examples of patterns that they spare come from use. */
async function decisionDetections(scope: Scope, { blocks }: DecisionSet): Promise<ExportFile[]> {
  const forbidding = blocks.filter(
    ({ effect, control, entry }) =>
      (effect === 'execution' || effect === 'network') && refusalOf(effect, control, entry) === null,
  )
  const spared = forbidding.filter(({ exceptions }) => exceptions.some(({ kind }) => kind === 'pattern'))
  const baselines =
    spared.length === 0
      ? []
      : await baselinesOf(
          scope,
          spared.map(({ slug }) => slug),
        )
  const usesOf = new Map(baselines.map(({ entry, uses }) => [entry.slug, uses]))
  return written(forbidding.map((block) => decisionRule(block, usesOf.get(block.slug) ?? [])))
}

async function baselinesOf(scope: Scope, slugs: readonly string[] | null) {
  const span = await findDataSpan(scope)
  return span === null ? [] : await loadFleetBaselines(pool(), scope, lastDays(span, BASELINE_DAYS), slugs)
}

function written(rules: readonly DetectionRule[]): ExportFile[] {
  return DETECTION_LANGUAGES.flatMap(({ id, write }) =>
    rules.map((rule) => {
      const file = write(rule)
      return { ...file, name: `${id}/${file.name}` }
    }),
  )
}

/** A rule for each watched binary, in each language: whatever its hosts do not normally do with it. */
export async function buildDetections(scope: Scope): Promise<Bundle> {
  const baselines = await baselinesOf(scope, null)
  const files = written(baselines.map(baselineRule)).map(({ name, text }) => ({ path: name, text }))
  const languages = DETECTION_LANGUAGES.flatMap(({ label, id, deploy }) => [
    `## ${label} (${id})`,
    '',
    ...deploy.map((step) => `- ${step}`),
    '',
  ])
  return plainBundle(files, ['# Each binary outside its baseline', '', ...languages].join('\n'))
}

/** What turns auditing on, and what asks products that have the logs already. `days`: how far queries reach back. */
export async function buildCollection(days: number): Promise<Bundle> {
  const entries = (await loadCatalogue(pool())).filter(isCounted)
  const configs = AUDIT_CONFIGS.map((config) => ({ config, files: config.write({ entries }) }))
  const sources = COLLECTION_SOURCES.map((source) => ({ source, files: source.queries({ entries }, days) }))
  const readMe = [
    '# Collecting what Cordon reads',
    '',
    ...configs.flatMap(({ config: { id, label, about, deploy, verify }, files }) => [
      `## ${label} (audit/${id})`,
      '',
      about,
      '',
      ...fileLines(files),
      ...[...deploy, ...verify].map((step) => `- ${step}`),
      '',
    ]),
    ...sources.flatMap(({ source: { id, label, run, caps }, files }) => [
      `## ${label} (collect/${id})`,
      '',
      ...fileLines(files),
      ...[...run, ...caps].map((step) => `- ${step}`),
      '',
    ]),
  ]
  return plainBundle(
    [
      ...configs.flatMap(({ files }) => files.map(({ name, text }) => ({ path: `audit/${name}`, text }))),
      ...sources.flatMap(({ source: { id }, files }) =>
        files.map(({ name, text }) => ({ path: `collect/${id}/${name}`, text })),
      ),
    ],
    readMe.join('\n'),
  )
}
