import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { toSigmaProcess } from '@/lib/pipeline/sigma/process-event'
import { readRules } from '@/lib/pipeline/sigma/read-rules'
import type { SigmaRule } from '@/lib/pipeline/sigma/rule'
import { compileEngine, isHit, type SigmaEvent } from '@/lib/pipeline/sigma/rule-engine'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import { print } from './measuring/print'

/**
 * `npm run bench -- sigma [rules]`: distinct processes of a simulated fleet against made-up rules of the usual form (file name, then words
 * of the command line, then a filter), through the index and by asking every rule.
 */
const [count = 1500] = process.argv.slice(2).map(Number)

const rules = await timed('reading and compiling', count, () => makeRules(count))
const engine = compileEngine(rules)
const events = distinctEvents()
print(`${rules.length} rules, ${events.length} distinct processes`)
engine.hits(events[0] as SigmaEvent)
const indexed = await timed('with the index', events.length, () =>
  events.map((event) => engine.hits(event).length),
)
const naive = await timed('asking every rule', events.length, () =>
  events.map((event) => rules.filter((rule) => isHit(rule, event)).length),
)
const hits = indexed.reduce((sum, one) => sum + one, 0)
print(`${hits} hits, ${indexed.every((one, at) => one === naive[at]) ? 'the same both ways' : 'DIFFERENT'}`)
const long = events.map(({ fields, ...rest }) => ({
  ...rest,
  fields: { ...fields, commandline: `${fields['commandline'] ?? ''} `.repeat(400).slice(0, 32_000) },
}))
await timed('with the index, command lines of 32 kB', 200, () =>
  long.slice(0, 200).map((event) => engine.hits(event).length),
)

function distinctEvents(): SigmaEvent[] {
  const found = new Map<string, SigmaEvent>()
  for (const { fields } of simulateFleet({ hosts: 60, days: 5, endDayUtc: 20_400, seed: 7, attacks: true })) {
    const read = toEvent({ position: 1, recordId: null, fields }, { defaultHost: null })
    if (read.kind !== 'event' || read.event.kind !== 'process-creation') continue
    const event = toSigmaEvent(read.event)
    found.set(JSON.stringify(event.fields), event)
  }
  return [...found.values()]
}

function toSigmaEvent(creation: ProcessCreation): SigmaEvent {
  return {
    category: 'process_creation',
    product: 'windows',
    fields: toSigmaProcess({ ...creation, logonId: null }, creation.sensor === 'sysmon'),
  }
}

function makeRules(wanted: number): SigmaRule[] {
  return Array.from({ length: wanted }, (_, index) => {
    const { rules: read, refused } = readRules(ruleText(index))
    const [first] = read
    if (first === undefined) throw new Error(refused[0]?.reason)
    return first.rule
  })
}

/** Many rules for a few binaries, as in public collections. */
function ruleText(index: number): string {
  const names = [
    'powershell',
    'cmd',
    'rundll32',
    'regsvr32',
    'mshta',
    'msiexec',
    'wscript',
    'certutil',
    'wmic',
    'schtasks',
    'net',
    'reg',
  ]
  const name = index % 3 === 0 ? `tool${index}` : (names[index % names.length] ?? '')
  const words = Array.from({ length: 2 + (index % 5) }, (_, at) => `'${pick(index, at)}'`).join(', ')
  return [
    `title: Made-up rule ${index}`,
    'level: medium',
    'logsource: {category: process_creation, product: windows}',
    'detection:',
    ...detection(index, name, words).map((line) => `  ${line}`),
  ].join('\n')
}

function detection(index: number, name: string, words: string): string[] {
  const image = [`img: [{Image|endswith: '\\${name}.exe'}, {OriginalFileName: ${name}.exe}]`]
  if (index % 40 === 0)
    return [
      ...image,
      `cli: {CommandLine|re|i: '${pick(index, 9).trim()}\\s+.{0,40}http'}`,
      'condition: all of them',
    ]
  if (index % 10 === 0) return [`cli: {CommandLine|contains|all: [${words}]}`, 'condition: cli']
  if (index % 25 === 0)
    return [`parent: {ParentImage|endswith: '\\${name}.exe'}`, ...image, 'condition: parent and img']
  const filter = [`f_main: {ParentImage|startswith: 'C:\\Program Files\\Vendor${index}\\'}`]
  return [
    ...image,
    `cli: {CommandLine|contains|windash: [${words}]}`,
    ...filter,
    'condition: all of img* and cli and not 1 of f_*',
  ]
}

/** Words that command lines hold, and words that they do not. */
function pick(index: number, at: number): string {
  const common = [' -enc ', ' /c ', 'http', '.dll,', ' -w hidden', 'AppData', ' /i', ' /s', 'Temp', '.ps1']
  return (index + at) % 7 === 0
    ? (common[(index * 7 + at) % common.length] ?? '')
    : ` -opt${(index * 31 + at * 17) % 997}`
}

async function timed<T>(what: string, each: number, work: () => T): Promise<T> {
  work()
  const start = performance.now()
  const result = work()
  const us = ((performance.now() - start) * 1000) / each
  print(`${what}: ${us.toFixed(1)} µs each`)
  return result
}
