import { expect, test } from 'vitest'
import { exampleRule } from './example-rule'
import { type ProcessFacts, toSigmaProcess } from './process-event'
import { isHit } from './rule-engine'

const BARE: ProcessFacts = {
  image: 'C:\\Windows\\System32\\mshta.exe',
  originalFileName: null,
  commandLine: null,
  currentDirectory: null,
  parentImage: null,
  parentCommandLine: null,
  user: null,
  integrityLevel: null,
  logonId: null,
  hashes: null,
}

function hit(detection: string, facts: Partial<ProcessFacts>, bySysmon: boolean): boolean {
  const fields = toSigmaProcess({ ...BARE, ...facts }, bySysmon)
  return isHit(exampleRule(`${detection}\ncondition: s`), {
    category: 'process_creation',
    product: 'windows',
    fields,
  })
}

test('nothing is empty where Sysmon reports it always, and unknown elsewhere', () => {
  for (const field of ['CommandLine', 'ParentImage', 'ParentCommandLine', 'User', 'IntegrityLevel']) {
    expect(hit(`s:\n  ${field}: null`, {}, true)).toBe(true)
    expect(hit(`s:\n  ${field}: null`, {}, false)).toBe(false)
  }
  for (const field of ['OriginalFileName', 'Hashes', 'LogonId', 'CurrentDirectory', 'md5'])
    expect(hit(`s:\n  ${field}: null`, {}, true)).toBe(false)
})

test('hashes are found one by one and as Sysmon prints them', () => {
  const hashes = { md5: 'ab', sha1: null, sha256: 'cd', imphash: 'ef' }
  expect(hit("s:\n  Hashes|contains: 'IMPHASH=EF'", { hashes }, true)).toBe(true)
  expect(hit("s:\n  Hashes: 'MD5=AB,SHA256=CD,IMPHASH=EF'", { hashes }, true)).toBe(true)
  expect(hit('s:\n  sha256: cd', { hashes }, true)).toBe(true)
  expect(hit('s:\n  sha1|neq: x', { hashes }, true)).toBe(false)
})

test('a logon id is found as Windows prints it', () => {
  expect(hit("s:\n  LogonId: '0x3e7'", { logonId: '3e7' }, true)).toBe(true)
})
