import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { simulateFleet } from '../simulate-fleet'
import type { SimulatedRecord } from '../simulated-record'

const guid = z.string().regex(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/)
const decimal = z.string().regex(/^\d+$/)
const hexadecimal = z.string().regex(/^0x[0-9a-f]+$/)
const path = z.string().regex(/^[A-Z]:\\.+\.exe$/i)

const document = <T extends z.ZodType>(eventId: string, channel: string, eventData: T) =>
  z.object({
    '@timestamp': z.iso.datetime(),
    winlog: z.object({
      event_id: z.literal(eventId),
      channel: z.literal(channel),
      computer_name: z.string().endsWith('.corp.example'),
      provider_name: z.string(),
      record_id: z.int().positive(),
      event_data: eventData,
    }),
  })

const sysmon = document(
  '1',
  'Microsoft-Windows-Sysmon/Operational',
  z.object({
    UtcTime: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
    ProcessGuid: guid,
    ProcessId: decimal,
    Image: path,
    OriginalFileName: z.string().min(1),
    CommandLine: z.string().min(1),
    User: z.string().includes('\\'),
    LogonGuid: guid,
    LogonId: hexadecimal,
    IntegrityLevel: z.enum(['Low', 'Medium', 'High', 'System']),
    Hashes: z.string().regex(/^SHA1=[0-9A-F]{40},MD5=[0-9A-F]{32},SHA256=[0-9A-F]{64},IMPHASH=[0-9A-F]{32}$/),
    ParentProcessGuid: guid,
    ParentProcessId: decimal,
    ParentImage: z.union([path, z.literal('-')]),
    ParentCommandLine: z.string().min(1),
  }),
)
const security = document(
  '4688',
  'Security',
  z.object({
    NewProcessId: hexadecimal,
    ProcessId: hexadecimal,
    NewProcessName: path,
    ParentProcessName: z.union([path, z.literal('')]),
    CommandLine: z.string().min(1).optional(),
    SubjectUserSid: z.string().startsWith('S-1-5-'),
    SubjectLogonId: hexadecimal,
    MandatoryLabel: z.string().startsWith('S-1-16-'),
  }),
)
const defender = z
  .object({
    Timestamp: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    DeviceName: z.string().endsWith('.corp.example'),
    ActionType: z.literal('ProcessCreated'),
    FileName: z.string().regex(/\.exe$/i),
    FolderPath: path,
    SHA256: z.string().regex(/^[0-9a-f]{64}$/),
    ProcessId: decimal,
    ProcessCommandLine: z.string().min(1),
    ReportId: decimal,
  })
  .catchall(z.string())

type Sysmon = z.infer<typeof sysmon>
type Security = z.infer<typeof security>

describe('the records of a fleet', () => {
  let records: SimulatedRecord[] = []
  let sysmonRecords: Sysmon[] = []
  let securityRecords: Security[] = []
  beforeAll(() => {
    records = [...simulateFleet({ hosts: 40, days: 8, endDayUtc: 20_515, seed: 3, attacks: true })]
    const documents = records.filter(({ format }) => format === 'winlogbeat').map(({ fields }) => fields)
    sysmonRecords = documents
      .filter((fields) => JSON.stringify(fields).includes('UtcTime'))
      .map((fields) => sysmon.parse(fields))
    securityRecords = documents
      .filter((fields) => !JSON.stringify(fields).includes('UtcTime'))
      .map((fields) => security.parse(fields))
  })

  test('have the shape their format claims', () => {
    const rows = records.filter(({ format }) => format === 'defender-csv')
    for (const { fields } of rows) defender.parse(fields)
    expect(rows.length).toBeGreaterThan(50)
    expect(sysmonRecords.length).toBeGreaterThan(10_000)
    expect(securityRecords.length).toBeGreaterThan(1_000)
  })

  test('never carry the truth', () => {
    expect(records.some(({ fields }) => 'truth' in fields || 'label' in fields)).toBe(false)
  })

  test('give every process its own ProcessGuid, on which its children agree', () => {
    const processes = new Map<string, string>()
    for (const { winlog } of sysmonRecords) {
      const { ProcessGuid, ProcessId, Image, CommandLine } = winlog.event_data
      expect(processes.has(ProcessGuid)).toBe(false)
      processes.set(ProcessGuid, [winlog.computer_name, ProcessId, Image, CommandLine].join('|'))
    }
    let linked = 0
    for (const { winlog } of sysmonRecords) {
      const { ParentProcessGuid, ParentProcessId, ParentImage, ParentCommandLine } = winlog.event_data
      const parent = processes.get(ParentProcessGuid)
      if (parent === undefined) continue
      linked++
      expect([winlog.computer_name, ParentProcessId, ParentImage, ParentCommandLine].join('|')).toBe(parent)
    }
    expect(linked / sysmonRecords.length).toBeGreaterThan(0.4)
  })

  test('reuse process ids over time, all of them multiples of four', () => {
    const ids = sysmonRecords.map(({ winlog }) => Number(winlog.event_data.ProcessId))
    expect(ids.every((id) => id % 4 === 0 && id > 4)).toBe(true)
    const host = sysmonRecords.filter(({ winlog }) => winlog.computer_name.startsWith('dev-0001'))
    expect(new Set(host.map(({ winlog }) => winlog.event_data.ProcessId)).size).toBeLessThan(host.length)
  })

  test('number the records of each host and channel without gaps', () => {
    const last = new Map<string, number>()
    for (const { winlog } of [...sysmonRecords, ...securityRecords]) {
      const key = `${winlog.computer_name}/${winlog.channel}`
      const before = last.get(key)
      if (before !== undefined) expect(winlog.record_id).toBe(before + 1)
      last.set(key, winlog.record_id)
    }
  })

  test('report one process twice where a host has Sysmon and 4688, with the same id and time', () => {
    const hosts = new Set(sysmonRecords.map(({ winlog }) => winlog.computer_name))
    const known = new Set(
      sysmonRecords.map(({ winlog: { computer_name, event_data } }) =>
        [computer_name, event_data.UtcTime.replace(' ', 'T'), Number(event_data.ProcessId)].join('|'),
      ),
    )
    const switched = 'ws-0008.corp.example'
    const both = securityRecords.filter(
      ({ winlog }) => hosts.has(winlog.computer_name) && winlog.computer_name !== switched,
    )
    expect(both.length).toBeGreaterThan(1_000)
    for (const record of both) {
      const { computer_name, event_data } = record.winlog
      const key = [computer_name, record['@timestamp'].slice(0, -1), Number(event_data.NewProcessId)].join(
        '|',
      )
      expect(known.has(key)).toBe(true)
    }
  })

  test('lack the command line on the host whose audit policy leaves it out', () => {
    const bare = securityRecords.filter(({ winlog }) => winlog.event_data.CommandLine === undefined)
    expect(new Set(bare.map(({ winlog }) => winlog.computer_name)).size).toBe(1)
  })

  test('keep the original name and hash of a renamed copy', () => {
    const renamed = records.filter(({ truth }) => truth.technique === 'T1036.003' && truth.binary !== null)
    expect(renamed.length).toBeGreaterThan(0)
    const hashes = new Set(
      sysmonRecords.map(({ winlog: { event_data } }) =>
        [event_data.OriginalFileName, event_data.Hashes].join('|'),
      ),
    )
    for (const { fields, truth } of renamed) {
      const { OriginalFileName, Hashes, Image } = sysmon.parse(fields).winlog.event_data
      expect(truth.binary).toBe('rundll32.exe')
      expect(OriginalFileName).toBe('RUNDLL32.EXE')
      expect(Image).not.toMatch(/rundll32/i)
      expect(hashes.has([OriginalFileName, Hashes].join('|'))).toBe(true)
    }
  })
})
