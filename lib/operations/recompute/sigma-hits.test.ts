import { expect, test } from 'vitest'
import { exampleRule } from '@/lib/pipeline/sigma/example-rule'
import { compileEngine } from '@/lib/pipeline/sigma/rule-engine'
import type { ContactRow, LoadedRow } from '@/lib/store/recompute/day-actions'
import type { RecordOfProcess } from '@/lib/store/recompute/day-executions'
import { addHits, hitReader } from './sigma-hits'

const RECORD: RecordOfProcess = {
  hostId: 1,
  occurredAtUs: 0,
  id: '7',
  anchorId: '7',
  sensor: 0,
  hasPid: true,
  printedHost: '',
  entryId: 1,
  hostedEntryId: null,
  principalId: null,
  image: 'C:\\Windows\\System32\\rundll32.exe',
  originalFileName: null,
  commandLine: 'rundll32.exe a.dll,B',
  currentDirectory: null,
  parentImage: null,
  parentCommandLine: null,
  grandparentImage: null,
  user: 'CORP\\ada',
  userSid: null,
  integrityLevel: null,
  logonId: null,
  hashes: null,
}
const LOADED: LoadedRow = {
  hostId: 1,
  anchorId: '7',
  path: 'C:\\Users\\ada\\a.dll',
  originalFileName: null,
  signed: false,
  signer: null,
  status: null,
  md5: null,
  sha1: null,
  sha256: null,
  imphash: null,
}
const CONTACT: ContactRow = {
  hostId: 1,
  anchorId: '7',
  protocol: 'tcp',
  ip: '203.0.113.9',
  name: null,
  port: 443,
  initiated: true,
  answers: null,
}
const QUERY: ContactRow = {
  ...CONTACT,
  ip: null,
  port: null,
  initiated: null,
  name: 'a.example.com',
  answers: [],
}
const ENGINE = compileEngine([
  exampleRule('s:\n  CommandLine|contains: a.dll\ncondition: s', { id: 'start' }),
  exampleRule("s:\n  ImageLoaded|endswith: '\\a.dll'\n  User|contains: ada\ncondition: s", {
    id: 'load',
    category: 'image_load',
  }),
  exampleRule('s:\n  DestinationPort: 443\ncondition: s', { id: 'reach', category: 'network_connection' }),
  exampleRule('s:\n  QueryName|endswith: .example.com\ncondition: s', { id: 'ask', category: 'dns_query' }),
])

test('a process meets rules by its start and by each thing it did', () => {
  const hitsOf = hitReader(ENGINE, {
    loaded: [LOADED, LOADED, { ...LOADED, anchorId: '8' }],
    contacts: [CONTACT, QUERY, { ...CONTACT, hostId: 2 }],
  })
  const ids = hitsOf([RECORD], 'windows').map(({ id }) => id)
  expect(ids).toEqual(['start', 'load', 'load', 'reach', 'ask'])
  expect(hitsOf([{ ...RECORD, id: '9', anchorId: '9' }], 'windows').map(({ id }) => id)).toEqual(['start'])
  expect(hitsOf([RECORD], 'macos')).toEqual([])
})

test('hits are counted by rule', () => {
  const hit = { id: 'load', level: 'high' } as const
  const fact = {
    signatureId: '1',
    principalId: '0',
    hourMask: 1,
    firstAtUs: 0,
    lastAtUs: 0,
    executions: 1,
    sigma: [{ ...hit, events: 2 }],
  }
  addHits(fact, [hit, { id: 'ask', level: 'low' }])
  expect(fact.sigma).toEqual([
    { ...hit, events: 3 },
    { id: 'ask', level: 'low', events: 1 },
  ])
})
