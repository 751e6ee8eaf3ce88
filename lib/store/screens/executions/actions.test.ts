import { beforeAll, expect, test } from 'vitest'
import type { Scope } from '@/lib/pipeline/actor'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { seedCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { EXAMPLE_CREATION, storeCreations } from '@/lib/store/screens/example-creation'
import { withTestDatabase } from '@/lib/store/test-database'
import { findProcessActions } from './actions'
import { parseExecutionRequest, toExecutionFilter } from './filter'
import { findExecution } from './find-execution'
import { resolveFilter } from './resolve-filter'
import { searchExecutions } from './search'

const ALL: Scope = { kind: 'all' }
const GUID = '5770385f-c22a-43e0-bf4c-06f5698ffbd9'

withTestDatabase()
beforeAll(async () => {
  await seedCatalogue(pool(), CATALOGUE)
})

function at(seconds: number) {
  return { us: EXAMPLE_CREATION.time.us + seconds * 1_000_000, tick: 0 }
}

test('what a process did is shown with it and not with another of its number, under the name it had asked for, and only in scope', async () => {
  const { timeSource, recordId, position, image, pid } = EXAMPLE_CREATION
  const common = {
    sensor: 'sysmon',
    host: 'ws-1.corp.example',
    timeSource,
    recordId,
    position,
    image,
    pid,
  } as const
  const connection = {
    ...common,
    kind: 'network-connection',
    protocol: 'tcp',
    initiated: true,
    sourceIp: null,
    sourcePort: null,
    destinationIp: '203.0.113.7',
    destinationHost: null,
    destinationPort: 443,
    outcome: 'blocked',
  } as const
  await storeCreations(
    [
      { ...EXAMPLE_CREATION, recordKey: 'first', processGuid: GUID },
      {
        ...EXAMPLE_CREATION,
        recordKey: 'reused',
        processGuid: 'other',
        time: at(4000),
        commandLine: 'reused.dll',
      },
    ],
    [
      {
        ...common,
        kind: 'module-load',
        recordKey: 'load',
        processGuid: GUID,
        time: at(2),
        module: 'C:\\Users\\ada\\x.dll',
        originalFileName: null,
        hashes: null,
        signed: false,
        signer: null,
        signatureStatus: null,
      },
      {
        ...common,
        kind: 'dns-query',
        recordKey: 'ask',
        processGuid: GUID,
        time: at(3),
        query: 'cdn.example.net',
        results: ['203.0.113.7'],
      },
      { ...connection, recordKey: 'first', processGuid: GUID, time: at(4) },
      { ...connection, recordKey: 'again', processGuid: GUID, time: at(5000) },
      { ...connection, recordKey: 'others', processGuid: 'other', time: at(4001), destinationPort: 80 },
    ],
  )
  const actionsOf = async (q: string, scope: Scope = ALL) => {
    const filter = await resolveFilter(
      ALL,
      toExecutionFilter(parseExecutionRequest({ days: 'all', q }), null),
    )
    const [row] = (await searchExecutions(ALL, filter, { after: null, pageSize: 50 })).rows
    const records = row && (await findExecution(ALL, row))?.records
    if (!records) throw new Error('the records are missing')
    return findProcessActions(scope, records)
  }
  expect(await actionsOf(GUID)).toMatchObject({
    modules: [{ path: 'C:\\Users\\ada\\x.dll', signed: false, events: 1 }],
    connections: [{ name: 'cdn.example.net', port: 443, events: 2, blocked: 2 }],
    queries: [{ name: 'cdn.example.net', answers: ['203.0.113.7'] }],
    cut: false,
  })
  expect(await actionsOf('reused.dll')).toMatchObject({
    modules: [],
    connections: [{ name: null, port: 80 }],
  })
  const nothing = { modules: [], connections: [], queries: [], cut: false }
  expect(await actionsOf(GUID, { kind: 'groups', groupIds: [] })).toEqual(nothing)
})
