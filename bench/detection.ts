import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { PROCEDURES_DEVELOPMENT } from '@/fixtures/detection/procedures-development'
import { PROCEDURES_HELD_OUT } from '@/fixtures/detection/procedures-held-out'
import { writeItems } from './detection/item-rows'
import { joinTruth } from './detection/join-truth'
import { printProcedures } from './detection/procedures'
import { readFleet } from './detection/processes'
import { isHalf, PUBLISHED, printPublished, REPORTED } from './detection/published'
import { readLogs } from './detection/read-logs'
import { report } from './detection/report'
import { printBudgets, printOrder, printScenarios } from './detection/scenarios'
import { simulate } from './detection/simulated'
import { readTruth } from './detection/truth'
import { print } from './measuring/print'

/**
 * `npm run bench -- detection --data DIR --truth FILE`: scores the logs below DIR in memory, as an import would, and compares with labelled executions.
 * `--optional` turns on the binaries of the optional tier. Without --data a simulated fleet is scored (`--hosts`, `--days`, `--seed`). `--list` names false deviations and misses, `--json FILE` writes every item
 * with its reasons: both only for logs that one may look at while designing. `--procedures development|held-out|FILE` puts the lines of a table of
 * public procedures into the hands of users of that fleet instead, `--published development|held-out` a half of the published attack and everyday lines,
 * on a cold start too, `--reported development|held-out` one of those that were gathered later. `--scenarios` adds poisoned learning, bursts, a switch of source, late files and budgets asked and realised, over several seeds.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    truth: { type: 'string' },
    scenarios: { type: 'boolean', default: false },
    optional: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    json: { type: 'string' },
    procedures: { type: 'string' },
    published: { type: 'string' },
    reported: { type: 'string' },
    hosts: { type: 'string', default: '40' },
    days: { type: 'string', default: '45' },
    seed: { type: 'string', default: '7' },
  },
})

if (values.data !== undefined) await evaluateLogs(values.data, values.truth)
else {
  const { hosts, days, seed } = values
  const options = {
    hosts: Number(hosts),
    days: Number(days),
    seed: Number(seed),
    endDayUtc: 20_400,
    attacks: true,
  }
  print(`# Simulated fleet: ${hosts} hosts, ${days} days, seed ${seed}`)
  if (values.procedures !== undefined) {
    printProcedures(options, await procedures(values.procedures), values.list)
    process.exit()
  }
  for (const [gathering, half] of [
    [PUBLISHED, values.published],
    [REPORTED, values.reported],
  ] as const) {
    if (!isHalf(half)) continue
    printPublished(gathering, options, half, values.list)
    process.exit()
  }
  const evaluation = simulate(options)
  report(evaluation, values.list)
  if (values.json !== undefined) await writeItems(values.json, evaluation)
  if (values.scenarios) {
    printScenarios(options)
    printOrder(options)
    printBudgets(options)
  }
}

/** A table of ours by name, or anybody's: `image ¦ command line ¦ parent` under `# technique`. */
async function procedures(table: string): Promise<string> {
  if (table === 'development') return PROCEDURES_DEVELOPMENT
  return table === 'held-out' ? PROCEDURES_HELD_OUT : readFile(table, 'utf8')
}

async function evaluateLogs(folder: string, truthFile: string | undefined): Promise<void> {
  if (truthFile === undefined) throw new Error('Name the labelled executions with --truth FILE.')
  const { log, files, records, problems } = await readLogs(folder)
  const { records: labelled, unreadable } = await readTruth(truthFile)
  print(
    `# ${folder}: ${files} files, ${records} records; ${labelled.length} labelled records, ${unreadable} unreadable labels`,
  )
  for (const problem of problems) print(`not read to the end: ${problem}`)
  const fleet = readFleet(log, () => null)
  const joined = joinTruth(fleet.executions, labelled)
  report({ fleet, ...joined }, values.list)
  if (values.json !== undefined) await writeItems(values.json, { fleet, ...joined })
}
