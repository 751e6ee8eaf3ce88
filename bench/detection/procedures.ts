import { type Line, parseLines } from '@/fixtures/detection/score-lines'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import { fleetInventory } from '@/prisma/seed/fleet/inventory'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import type { FleetOptions } from '@/prisma/seed/fleet/simulated-record'
import { print } from '../measuring/print'
import { assess } from './assess'
import { groupBy } from './group-by'
import { Log } from './log'
import { thresholdFor } from './measures'
import { PRODUCT } from './methods'
import { type Execution, readFleet } from './processes'
import { share } from './report'
import { readSimulated } from './simulated'
import type { Truth } from './truth'

/** The line of a table that is one more execution of a host; null = the host's own. */
type Mark = Line | null

const RATE = 0.05
const BITS = 1000
const BENIGN: Truth = {
  executionId: '',
  label: 'benign',
  isProxyExecution: true,
  technique: null,
  binary: '',
  sigma: false,
  story: null,
  quiet: false,
}

/** One process that its user started on each of the fleet's hosts, of the last day: whom a line is put into the hands of. */
function lastStarts(events: readonly ProcessCreation[]): ProcessCreation[] {
  const byHost = new Map<string, ProcessCreation>()
  for (const event of events)
    if (event.sensor === 'sysmon' && fileName(event.parentImage ?? '') === 'explorer.exe')
      byHost.set(event.host ?? '', event)
  return [...byHost.values()]
}

/** The line as a process that the same user started there, with nobody else's ids. */
function started(line: Line, template: ProcessCreation, index: number): ProcessCreation {
  return {
    ...template,
    recordKey: `procedure ${index}`,
    image: line.image,
    originalFileName: line.originalFileName,
    commandLine: line.commandLine,
    parentImage: line.parentImage,
    parentCommandLine: line.parentCommandLine,
    user: line.user ?? template.user,
    grandparentImage: null,
    pid: 100_000 + index,
    processGuid: `{procedure-${index}}`,
    parentPid: null,
    parentProcessGuid: null,
    hashes: { md5: null, sha1: null, sha256: null, imphash: null },
  }
}

function logOf(options: FleetOptions, lines: readonly Line[]): Log<Mark> {
  const log = new Log<Mark>()
  let position = 0
  let today: ProcessCreation[] = []
  for (const { fields } of simulateFleet({ ...options, attacks: false })) {
    const event = readSimulated(fields, ++position)
    if (event?.kind !== 'process-creation') {
      if (event !== null) log.addOther(event)
      continue
    }
    log.add(event, null)
    if (Math.floor(event.time.us / 86_400_000_000) === options.endDayUtc) today.push(event)
  }
  const templates = lastStarts(today)
  today = []
  for (const [index, line] of lines.entries()) {
    const template = templates[index % templates.length]
    if (template !== undefined) log.add(started(line, template, index), line)
  }
  return log
}

export type Found = { line: Line; score: number }

function printBy(name: string, found: readonly Found[], line: number, keyOf: (one: Line) => string): void {
  print(`\n${name}: above 4 bits / above the line / all`)
  const groups = [...groupBy(found, ({ line: one }) => keyOf(one))].sort(
    (a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1),
  )
  const count = (ones: readonly Found[], least: number) => ones.filter(({ score }) => score >= least).length
  print(
    groups
      .map(
        ([key, ones]) =>
          `  ${key} ${count(ones, PRODUCT.threshold ?? 1)}/${count(ones, line)}/${ones.length}`,
      )
      .join('\n'),
  )
}

/** Lines as a fleet scores them that knows its own practice, and the line of ≤ 0.05 false of its own benign executions, in millibits. */
export function scoreInFleet(
  options: FleetOptions,
  lines: readonly Line[],
): { found: Found[]; threshold: number } {
  const groups = new Map(fleetInventory(options).map(({ name, group }) => [name, group]))
  const fleet = readFleet(logOf(options, lines), (host) => groups.get(host) ?? null)
  const executions = fleet.executions.map((one) => ({ ...one, truths: [BENIGN] }))
  const scores = PRODUCT.scores(fleet, executions)
  const lineOf = (one: Execution<Mark>) => one.marks.find((mark) => mark !== null)
  const found = fleet.executions.flatMap((one, index): Found[] => {
    const line = lineOf(one)
    return line === undefined ? [] : [{ line, score: scores[index] ?? 0 }]
  })
  const own = executions.flatMap((one, index) => (lineOf(one) === undefined ? [index] : []))
  const everyday = assess(
    own.flatMap((index) => executions[index] ?? []),
    own.map((index) => scores[index] ?? 0),
    [],
  )
  const benign = everyday.benign.map(({ score }) => score)
  return { found, threshold: thresholdFor(benign, RATE * everyday.units.length) }
}

/**
 * What share of a table's lines a fleet's reviewers would see: each line is one more execution on a host of a simulated fleet that has reported for the
 * whole window, on its last day, by the user who was there. The line of ≤ 0.05 is that of the fleet's own benign executions.
 * @param lists whether to name what stays below: only for tables that one may look at while designing
 */
export function printProcedures(options: FleetOptions, table: string, lists: boolean): void {
  const lines = parseLines(table)
  const { found, threshold } = scoreInFleet(options, lines)
  const above = (least: number) => found.filter(({ score }) => score >= least).length
  const own4 = PRODUCT.threshold ?? 1
  print(
    `${lines.length} lines, ${found.length} of binaries that count as delivered (others are off until turned on, or count only where an option makes them proxies)`,
  )
  print(
    `above the product's 4 bits: ${above(own4)} = ${share(above(own4) / found.length)}; above the line of ≤ ${RATE} false a host-day ` +
      `(${(threshold / BITS).toFixed(2)} bits): ${above(threshold)} = ${share(above(threshold) / found.length)}`,
  )
  printBy('Per technique', found, threshold, ({ section }) => section)
  printBy('Per binary', found, threshold, ({ image }) => fileName(image))
  if (!lists) return
  print('\nBelow 4 bits, or below the line:')
  for (const { line, score } of found.toSorted((a, b) => a.score - b.score))
    if (score < Math.max(own4, threshold)) print(`  ${(score / BITS).toFixed(2)}  ${line.commandLine}`)
}
