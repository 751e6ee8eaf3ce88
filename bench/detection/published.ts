import { PUBLISHED_ATTACKS } from '@/fixtures/detection/published-attacks'
import { PUBLISHED_EVERYDAY } from '@/fixtures/detection/published-everyday'
import { REPORTED_ATTACKS } from '@/fixtures/detection/reported-attacks'
import { REPORTED_EVERYDAY } from '@/fixtures/detection/reported-everyday'
import { type Line, parseLines, scoreLine } from '@/fixtures/detection/score-lines'
import { sha256 } from '@/lib/pipeline/hash'
import type { FleetOptions } from '@/prisma/seed/fleet/simulated-record'
import { print } from '../measuring/print'
import { averagePrecision, recallAt } from './measures'
import { PRODUCT } from './methods'
import { type Found, scoreInFleet } from './procedures'
import { share } from './report'

export type Half = 'development' | 'held-out'
type Gathering = { name: string; attacks: string; everyday: string }

/** Lines of public sources, the later gathering from others than the earlier. */
export const PUBLISHED: Gathering = {
  name: 'Published',
  attacks: PUBLISHED_ATTACKS,
  everyday: PUBLISHED_EVERYDAY,
}
export const REPORTED: Gathering = {
  name: 'Reported',
  attacks: REPORTED_ATTACKS,
  everyday: REPORTED_EVERYDAY,
}

type Tables = { attacks: Found[]; everyday: Found[] }

export function isHalf(text: string | undefined): text is Half {
  return text === 'development' || text === 'held-out'
}

/** Half of the lines, told by their own text: rules may be designed by the one, the other is only counted. */
export function publishedLines(table: string, half: Half): Line[] {
  const halfOf = ({ image, commandLine }: Line): Half =>
    Number.parseInt(sha256(`${image}\n${commandLine}`).slice(0, 1), 16) % 2 === 0 ? 'development' : 'held-out'
  return parseLines(table).filter((line) => halfOf(line) === half)
}

/** Lines of binaries that count as delivered, on a host that nothing is known of. */
function cold(lines: readonly Line[]): Found[] {
  return lines
    .map(scoreLine)
    .filter((line) => line?.tier === 'baseline')
    .flatMap((line) => (line === null ? [] : [{ line, score: line.score.scoreMillibits }]))
}

function printTables(name: string, { attacks, everyday }: Tables, lists: boolean): void {
  const own = PRODUCT.threshold ?? 1
  const shown = recallAt(attacks, own)
  const shownEveryday = recallAt(everyday, own)
  const area = averagePrecision(
    attacks.map(({ score }) => score),
    everyday.map(({ score }) => score),
  )
  print(
    `\n${name}: attacks above 4 bits ${share(shown)} of ${attacks.length}; everyday lines above 4 bits ${share(shownEveryday)} of ${everyday.length}; ` +
      `PR-AUC ${area.toFixed(3)}`,
  )
  if (!lists) return
  const describe = ({ line, score }: Found) =>
    `  ${(score / 1000).toFixed(2)}  ${line.commandLine}  < ${line.parentImage}`
  print('attacks below:')
  for (const one of attacks.toSorted((a, b) => a.score - b.score)) if (one.score < own) print(describe(one))
  print('everyday lines above:')
  for (const one of everyday.toSorted((a, b) => b.score - a.score)) if (one.score >= own) print(describe(one))
}

/**
 * Published lines, attacks and everyday ones, as a host sees them that nothing is known of, and as a simulated fleet does after its window (not with a
 * window of 0 days).
 * @param lists whether to name misses and false ones: only of the half that one may look at while designing
 */
export function printPublished(
  gathering: Gathering,
  options: FleetOptions,
  half: Half,
  lists: boolean,
): void {
  const attacks = publishedLines(gathering.attacks, half)
  const everyday = publishedLines(gathering.everyday, half)
  print(`${gathering.name} lines, ${half}: ${attacks.length} attacks, ${everyday.length} everyday`)
  printTables('Cold start', { attacks: cold(attacks), everyday: cold(everyday) }, lists)
  if (options.days === 0) return
  const { found } = scoreInFleet(options, [...attacks, ...everyday])
  const attacking = new Set(attacks)
  const grown = {
    attacks: found.filter(({ line }) => attacking.has(line)),
    everyday: found.filter(({ line }) => !attacking.has(line)),
  }
  printTables(`After ${options.days} days of a fleet`, grown, lists)
}
