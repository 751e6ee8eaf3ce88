import { print } from '../measuring/print'
import { type Assessment, type Attack, assess } from './assess'
import type { Evaluation } from './evaluation'
import { groupBy } from './group-by'
import {
  averagePrecision,
  bootstrap,
  falseAt,
  falsePatternsAt,
  falseQueue,
  type Interval,
  precisionAt,
  recallAt,
  recallInterval,
  recallWithin,
  weightedRecall,
} from './measures'
import { ABLATIONS, BASELINES, type Method, PRODUCT, SIGMA } from './methods'
import { newFalseByAge } from './onboarding'
import type { Truth } from './truth'

export const RATES = [0.02, 0.05, 0.1] as const
const SEED = 1218

export function share(value: number | null): string {
  return value === null || Number.isNaN(value) ? '–' : value.toFixed(3)
}

function range({ low, high }: Interval): string {
  return `${share(low)}–${share(high)}`
}

export function assessMethod({ fleet, executions, missing }: Evaluation, method: Method): Assessment {
  return assess(executions, method.scores(fleet, executions), missing)
}

function scored(attacks: readonly Attack[]): Attack[] {
  return attacks.filter(({ score }) => score >= 0)
}

function printDenominators({ fleet, executions, missing }: Evaluation, found: Assessment): void {
  const labels = executions.map(({ truths }) => truths)
  const unlabelled = labels.filter((truths) => truths.length === 0).length
  const misses = missing.filter(({ label, isProxyExecution }) => label === 'malicious' && isProxyExecution)
  const unseen = missing.filter(({ label }) => label === 'benign').length
  print(
    `${fleet.creations} process creations; ${executions.length} executions of scored binaries (one however many sensors report it), ` +
      `${unlabelled} of them without a label; ${new Set(executions.map(({ host }) => host)).size} hosts`,
  )
  print(
    `Denominators: ${found.attacks.length} malicious proxy executions (${misses.length} of them not among what is scored, so always missed), ` +
      `${found.benignScores.length} benign executions (and ${unseen} not among what is scored) = ${found.benign.length} distinct (host, binary, pattern); ` +
      `${found.units.length} host-days (host and UTC day with a labelled execution). Unsure: ${found.unsure.length} items, counted nowhere.`,
  )
}

function printBudgets(found: Assessment): void {
  print('\nRecall of malicious proxy executions, threshold swept:')
  for (const rate of RATES) {
    const { recall, threshold, falseItems } = recallWithin(found, rate)
    print(
      `  at ≤ ${rate} distinct false deviations a host-day: ${share(recall)} (95 % ${range(recallInterval(found, rate, SEED))}), ` +
        `threshold ${(threshold / 1000).toFixed(2)} bits, ${falseItems} false (${falsePatternsAt(found.benign, threshold)} items of the queue)`,
    )
  }
  const queue = { ...found, benign: falseQueue(found) }
  for (const rate of RATES) {
    const { recall, threshold, falseItems } = recallWithin(queue, rate)
    print(
      `  at ≤ ${rate} false items of the queue a host-day (one pattern on all its hosts): ${share(recall)} (95 % ${range(recallInterval(queue, rate, SEED))}), ` +
        `threshold ${(threshold / 1000).toFixed(2)} bits, ${falseItems} false`,
    )
  }
}

function printOwnThreshold(found: Assessment, threshold: number): void {
  const { attacks, benign, malicious, units } = found
  const falseItems = falseAt(benign, threshold)
  const trueItems = falseAt(malicious, threshold)
  const interval = bootstrap(
    [...units, ...attacks.filter(({ score }) => score < 0).map(({ unit }) => unit)],
    SEED,
    (draws) => weightedRecall(attacks, threshold, draws),
  )
  const among = scored(attacks)
  print(`\nAt the product's own threshold, ${threshold / 1000} bits:`)
  print(
    `  recall ${share(recallAt(attacks, threshold))} (95 % ${range(interval)}); among what is scored ${share(recallAt(among, threshold))}`,
  )
  print(
    `  ${falseItems} distinct false deviations = ${(falseItems / units.length).toFixed(3)} a host-day, ` +
      `${falsePatternsAt(benign, threshold)} items of the queue (one pattern on all its hosts); ` +
      `precision of items ${share(trueItems / (trueItems + falseItems))} (${trueItems} of ${trueItems + falseItems})`,
  )
  const quiet = attacks.filter(({ truth }) => truth.quiet)
  if (quiet.length > 0)
    print(
      `  quiet attacks ${share(recallAt(quiet, threshold))} of ${quiet.length}, ` +
        `others ${share(
          recallAt(
            attacks.filter(({ truth }) => !truth.quiet),
            threshold,
          ),
        )}`,
    )
  const ks = [5, 10, 20, 50].map((k) => `@${k} ${share(precisionAt(k, found))}`)
  print(`  precision of the highest items: ${ks.join(', ')}`)
  print(`  PR-AUC over executions ${share(areaOf(found))}, over items ${share(itemArea(found))}`)
}

function areaOf({ attacks, benignScores }: Assessment): number {
  return averagePrecision(
    attacks.map(({ score }) => score),
    benignScores,
  )
}

function itemArea({ malicious, benign }: Assessment): number {
  return averagePrecision(
    malicious.map(({ score }) => score),
    benign.map(({ score }) => score),
  )
}

function printBreakdown(
  found: Assessment,
  threshold: number,
  name: string,
  keyOf: (truth: Truth) => string,
): void {
  const groups = groupBy(found.attacks, ({ truth }) => keyOf(truth))
  print(`\n${name}: found / all at the own threshold (and at ≤ 0.05)`)
  const within = recallWithin(found, 0.05).threshold
  const rows = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
  print(
    rows
      .map(([key, attacks]) => {
        const own = attacks.filter(({ score }) => score >= threshold).length
        const budget = attacks.filter(({ score }) => score >= within).length
        return `  ${key} ${own}/${attacks.length} (${budget})`
      })
      .join('\n'),
  )
}

/** One line a method: what it finds, and what it shows wrongly. */
export function printComparison(evaluation: Evaluation): void {
  const hasSigma = evaluation.executions.some(({ truths }) => truths.some(({ sigma }) => sigma))
  const methods = [PRODUCT, ...ABLATIONS, ...BASELINES, ...(hasSigma ? [SIGMA] : [])]
  print('\n| method | recall at its threshold | distinct false | recall at ≤ 0.02 / 0.05 / 0.1 | PR-AUC |')
  print('|---|---|---|---|---|')
  for (const method of methods) {
    const found = assessMethod(evaluation, method)
    const threshold = method.threshold ?? 1
    const swept = RATES.map((rate) => share(recallWithin(found, rate).recall)).join(' / ')
    print(
      `| ${method.name} | ${share(recallAt(found.attacks, threshold))} | ${falseAt(found.benign, threshold)} ` +
        `(${(falseAt(found.benign, threshold) / found.units.length).toFixed(3)} a host-day) | ${swept} | ${share(areaOf(found))} |`,
    )
  }
}

function printItems(found: Assessment, threshold: number): void {
  const falseItems = found.benign.filter(({ score }) => score >= threshold)
  const byPattern = [...groupBy(falseItems, ({ binary, pattern }) => `${binary}  ${pattern}`)]
    .map(([name, items]) => ({
      name,
      hosts: items.length,
      score: Math.max(...items.map(({ score }) => score)),
    }))
    .sort((a, b) => b.hosts - a.hosts || b.score - a.score)
  print(`\nFalse deviations: ${byPattern.length} patterns; hosts, highest score, pattern:`)
  for (const { name, hosts, score } of byPattern.slice(0, 80))
    print(`  ${hosts}  ${(score / 1000).toFixed(2)}  ${name.slice(0, 200)}`)
}

function printMisses(evaluation: Evaluation, found: Assessment, threshold: number): void {
  print('\nMissed, by score:')
  const missed = found.attacks.filter(({ score }) => score < threshold).sort((a, b) => b.score - a.score)
  const lineOf = new Map(
    evaluation.executions.flatMap((one) => one.truths.map((truth) => [truth, one] as const)),
  )
  for (const { truth, score } of missed.slice(0, 60)) {
    const one = lineOf.get(truth)
    const subject = one === undefined ? 'not scored' : (one.signature.pattern ?? one.signature.slug)
    print(
      `  ${(score / 1000).toFixed(2)}  ${truth.binary} ${truth.technique ?? ''}: ${subject.slice(0, 160)}`,
    )
  }
}

const SPANS = [
  [0, 1],
  [1, 3],
  [3, 7],
  [7, 14],
  [14, 21],
  [21, 30],
  [30, 400],
] as const

function printOnboarding(evaluation: Evaluation, threshold: number): void {
  const scores = PRODUCT.scores(evaluation.fleet, evaluation.executions)
  const spans = newFalseByAge(evaluation, scores, threshold, SPANS).filter(({ hostDays }) => hostDays > 0)
  const words = spans.map(
    ({ from, until, items, hostDays }) =>
      `days ${from}–${until - 1} ${(items / hostDays).toFixed(3)} (${items})`,
  )
  print(`\nNew false deviations a host-day since the first day: ${words.join(', ')}`)
}

/** The whole evaluation of one log. `lists` names every false deviation and miss: only for logs that one may look at while designing. */
export function report(evaluation: Evaluation, lists: boolean): void {
  const found = assessMethod(evaluation, PRODUCT)
  const threshold = PRODUCT.threshold ?? 1
  printDenominators(evaluation, found)
  if (found.attacks.length === 0) print('No malicious proxy execution is labelled: recall cannot be told.')
  printBudgets(found)
  printOwnThreshold(found, threshold)
  printOnboarding(evaluation, threshold)
  printComparison(evaluation)
  printBreakdown(found, threshold, 'Per technique', ({ technique }) => technique ?? 'none named')
  printBreakdown(found, threshold, 'Per binary', ({ binary }) => binary || 'none named')
  if (!lists) return
  printItems(found, threshold)
  printMisses(evaluation, found, threshold)
}
