import { describe, expect, test } from 'vitest'
import { exampleSignature } from '@/lib/pipeline/deviation/example-signature'
import { joinTruth } from './join-truth'
import type { Execution } from './processes'
import type { Place } from './read-logs'
import type { Truth, TruthRecord } from './truth'

const AT_MS = Date.UTC(2026, 0, 5, 9)

function execution(place: Partial<Place> = {}, commandLine = 'rundll32.exe a.dll,Run'): Execution<Place> {
  const whole: Place = {
    file: 'logs/host.ndjson',
    recordId: null,
    position: 1,
    host: 'ws-1.corp.example',
    atUs: AT_MS * 1000,
    pid: null,
    ...place,
  }
  return {
    host: 'ws-1.corp.example',
    day: 20_458,
    atUs: whole.atUs,
    signature: exampleSignature(),
    principalId: '0',
    image: 'C:\\Windows\\System32\\rundll32.exe',
    commandLine,
    parentImage: null,
    marks: [whole],
  }
}

function truth(executionId: string): Truth {
  const rest = { technique: null, binary: 'rundll32.exe', sigma: false, story: null, quiet: false }
  return { executionId, label: 'malicious', isProxyExecution: true, ...rest }
}

function labelled(changes: Partial<TruthRecord>, id = 'a'): TruthRecord {
  const nothing = { recordId: null, line: null, host: null, atMs: null, pid: null, commandLine: null }
  return { truth: truth(id), file: 'host.ndjson', ...nothing, ...changes }
}

function foundFor(executions: Execution<Place>[], records: TruthRecord[]): string[][] {
  return joinTruth(executions, records).executions.map(({ truths }) =>
    truths.map(({ executionId }) => executionId),
  )
}

describe('a labelled execution is found', () => {
  test.each([
    ['by its record id', { recordId: '77' }, { recordId: '77' }],
    ['by its line', { line: 9 }, { position: 9 }],
    ['by its time, on a host named without its domain', { atMs: AT_MS, host: 'WS-1' }, {}],
    ['by its time and process id, with no host', { atMs: AT_MS, pid: 4 }, { pid: 4 }],
    ['by its command line alone', { commandLine: 'rundll32.exe a.dll,run' }, {}],
    ['in another file than it names none of', { file: '', recordId: '77' }, { recordId: '77' }],
  ])('%s', (_, record, place) => {
    expect(foundFor([execution(place)], [labelled(record)])).toEqual([['a']])
  })

  test.each([
    ['with another record id', { recordId: '78', atMs: AT_MS, host: 'ws-1' }, { recordId: '77' }],
    ['by a second that is not its own', { atMs: AT_MS + 9_000, host: 'ws-1' }, {}],
    ['by its second alone', { atMs: AT_MS }, {}],
    [
      'by its command line at another time',
      { atMs: AT_MS + 9_000, commandLine: 'rundll32.exe a.dll,run' },
      {},
    ],
  ])('but not %s', (_, record, place) => {
    expect(foundFor([execution(place)], [labelled(record)])).toEqual([[]])
  })

  test('each of two that truth tells the same of', () => {
    const twice = { atMs: AT_MS, host: 'ws-1' }
    expect(foundFor([execution(), execution()], [labelled(twice, 'a'), labelled(twice, 'b')])).toEqual([
      ['a'],
      ['b'],
    ])
  })
})
