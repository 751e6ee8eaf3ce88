import { writeFile } from 'node:fs/promises'
import { subjectOf } from '@/lib/pipeline/baseline/signature'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import { itemKey, type LabelledExecution } from './assess'
import type { Evaluation } from './evaluation'
import { groupBy } from './group-by'
import { engineRows, rowOf } from './methods'

/** One item (host, binary, pattern) or one attack that was never scored, with its execution of the highest score: what a mistake is understood by. */
export type ItemRow = {
  label: string
  quiet: boolean
  story: string | null
  host: string
  binary: string
  score: number
  pattern: string
  parent: string
  lineage: string
  commandLine: string | null
  user: string | null
  reasons: string
  traits: string
  executions: number
  day: number
}

const BITS = 1000

function labelOf(executions: readonly LabelledExecution[]): string {
  const labels = executions.flatMap(({ truths }) => truths.map(({ label }) => label))
  return (['malicious', 'unsure', 'benign'] as const).find((label) => labels.includes(label)) ?? 'unlabelled'
}

/** Items in the order of their scores, highest first. */
export function itemRows({ fleet, executions, missing }: Evaluation): ItemRow[] {
  const rows = engineRows(fleet, {})
  const scoreOf = (execution: LabelledExecution) => rowOf(rows, execution)?.scoreMillibits ?? 0
  const items = [...groupBy(executions, itemKey).values()].map((found): ItemRow => {
    const highest = found.reduce((best, one) => (scoreOf(one) > scoreOf(best) ? one : best))
    const { signature, host, commandLine, day } = highest
    const story = found.flatMap(({ truths }) => truths).find((truth) => truth.story !== null)
    return {
      label: labelOf(found),
      quiet: found.some(({ truths }) => truths.some(({ quiet }) => quiet)),
      story: story?.story ?? null,
      host,
      binary: signature.slug,
      score: scoreOf(highest) / BITS,
      pattern: subjectOf(signature).value,
      parent: signature.features.parent ?? '',
      lineage: signature.features.lineage ?? '',
      commandLine,
      user: signature.features.user,
      reasons: (rowOf(rows, highest)?.reasons ?? [])
        .map(({ code, millibits }) => `${code} ${(millibits / BITS).toFixed(2)}`)
        .join(', '),
      traits: JSON.stringify(signature.traits),
      executions: found.length,
      day,
    }
  })
  const unscored = missing
    .filter(({ label, isProxyExecution }) => label === 'malicious' && isProxyExecution)
    .map(
      (truth): ItemRow => ({
        label: 'malicious, not scored',
        quiet: truth.quiet,
        story: truth.story,
        host: '',
        binary: fileName(truth.binary),
        score: -1,
        pattern: '',
        parent: '',
        lineage: '',
        commandLine: null,
        user: null,
        reasons: '',
        traits: '',
        executions: 1,
        day: 0,
      }),
    )
  return [...items, ...unscored].sort((a, b) => b.score - a.score)
}

/** Writes items as JSON lines. Only for logs that one may look at while designing. */
export async function writeItems(file: string, evaluation: Evaluation): Promise<void> {
  await writeFile(
    file,
    itemRows(evaluation)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  )
}
