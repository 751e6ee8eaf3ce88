import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { kustoProblem } from '@/fixtures/kusto-problem'
import { toSigmaProcess } from '@/lib/pipeline/sigma/process-event'
import { readRules } from '@/lib/pipeline/sigma/read-rules'
import { isHit } from '@/lib/pipeline/sigma/rule-engine'
import { patternKql } from './pattern-kql'
import { patternSigmaRule } from './pattern-sigma'
import { patternSplunk } from './pattern-splunk'
import { patternTerms, type RecordedExecution } from './pattern-terms'
import { patternTicket } from './pattern-ticket'

const HEADING = { pattern: 'rundll32 <user-temp>\\*.dll,start <n>', attack: ['T1218.011'], day: '2026-01-31' }
const EXECUTION: RecordedExecution = {
  slug: 'rundll32.exe',
  host: 'ws-a1.corp.example',
  image: 'C:\\Windows\\System32\\rundll32.exe',
  originalFileName: 'RUNDLL32.EXE',
  commandLine: 'rundll32.exe "C:\\Users\\ana\\AppData\\Local\\Temp\\a1b2c3.dll",Start 1234',
  parentImage: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
}

/** Whether the rule made of one execution is read and is a hit of another. */
function hits(made: RecordedExecution, other: RecordedExecution): boolean {
  const text = patternSigmaRule(patternTerms(made), HEADING)
  const { rules, refused } = readRules(text)
  expect(refused).toEqual([])
  const [read] = rules
  const fields = toSigmaProcess(
    {
      ...other,
      currentDirectory: null,
      parentCommandLine: null,
      user: null,
      integrityLevel: null,
      logonId: null,
      hashes: null,
    },
    true,
  )
  return read !== undefined && isHit(read.rule, { category: 'process_creation', product: 'windows', fields })
}

test('what a pattern leaves open is left open, what stays is asked for', () => {
  expect(patternTerms(EXECUTION)).toEqual({
    image: '\\rundll32.exe',
    originalFileName: 'RUNDLL32.EXE',
    parent: '\\WINWORD.EXE',
    terms: ['\\AppData\\Local\\Temp\\', '.dll",Start'],
    commandLine: null,
  })
})
test('the Sigma rule finds other runs of the pattern, renamed ones too, and no other use', () => {
  const run = { ...EXECUTION, commandLine: 'RUNDLL32 "C:\\Users\\bo\\AppData\\Local\\Temp\\zz.dll",start 7' }
  expect(hits(EXECUTION, run)).toBe(true)
  expect(hits(EXECUTION, { ...run, image: 'C:\\Temp\\x.exe' })).toBe(true)
  expect(hits(EXECUTION, { ...run, parentImage: 'C:\\Windows\\explorer.exe' })).toBe(false)
  expect(hits(EXECUTION, { ...run, commandLine: 'rundll32 shell32.dll,Control_RunDLL' })).toBe(false)
})
test('without arguments the whole command line is asked for', () => {
  const bare = { ...EXECUTION, commandLine: 'rundll32.exe' }
  expect(patternTerms(bare)).toMatchObject({ terms: [], commandLine: 'rundll32.exe' })
  expect(hits(bare, bare)).toBe(true)
  expect(hits(bare, EXECUTION)).toBe(false)
})
test('the languages of other tools ask for the same', () => {
  expect(patternKql(patternTerms(EXECUTION))).toBe(
    `DeviceProcessEvents
| where FileName =~ "rundll32.exe" or ProcessVersionInfoOriginalFileName =~ "RUNDLL32.EXE"
| where ProcessCommandLine contains "\\\\AppData\\\\Local\\\\Temp\\\\"
| where ProcessCommandLine contains ".dll\\",Start"
| where InitiatingProcessFileName =~ "WINWORD.EXE"
| project Timestamp, DeviceName, AccountName, FolderPath, ProcessCommandLine, InitiatingProcessCommandLine
`,
  )
  expect(patternSplunk(patternTerms(EXECUTION)).split('\n').slice(2, -2)).toEqual([
    '| search image="*\\\\rundll32.exe" OR OriginalFileName="RUNDLL32.EXE"',
    '| search line="*\\\\AppData\\\\Local\\\\Temp\\\\*"',
    '| search line="*.dll\\",Start*"',
    '| search parent="*\\\\WINWORD.EXE"',
  ])
})
test('what a Splunk search would take for a wildcard is matched by its code instead', () => {
  const terms = {
    image: '\\a*.exe',
    originalFileName: 'A.EXE',
    terms: ['ü'],
    commandLine: null,
    parent: null,
  }
  expect(patternSplunk(terms).split('\n').slice(2, -2)).toEqual([
    '| where match(image, "(?is)\\x5ca\\x2a\\x2eexe$") OR match(OriginalFileName, "(?is)^A\\x2eEXE$")',
    '| where match(line, "(?is)\\xfc")',
  ])
})
test('a rule is known again by its id: the same of every run of a pattern, another where something else is looked for', () => {
  const idOf = (execution: RecordedExecution) =>
    /^id: '([0-9a-f-]{36})'$/m.exec(patternSigmaRule(patternTerms(execution), HEADING))?.[1]
  const other = {
    ...EXECUTION,
    commandLine: 'rundll32 "C:\\Users\\bo\\AppData\\Local\\Temp\\zz.dll",Start 7',
  }
  expect(idOf(EXECUTION)).toBeDefined()
  expect(idOf(other)).toBe(idOf(EXECUTION))
  expect(idOf({ ...EXECUTION, parentImage: 'C:\\Windows\\explorer.exe' })).not.toBe(idOf(EXECUTION))
})

const fragment = fc.oneof(
  fc.constantFrom(
    '\\',
    '*',
    '?',
    '"',
    "'",
    '\\*',
    ' /i:',
    'C:\\Users\\ana\\',
    '10.0.0.1',
    '%TEMP%',
    'ws-a1',
    'PC01',
    '\n',
    '`',
    '|',
    '\u202e',
    ': ',
    '- ',
  ),
  fc.string({ unit: anyCharacter, maxLength: 12 }),
)
const text = fc.array(fragment, { maxLength: 12 }).map((fragments) => fragments.join(''))
const executions = fc.record({
  slug: fc.constantFrom('rundll32.exe', 'regsvr32.exe', 'mshta.exe', 'msiexec.exe', 'unknown.exe'),
  host: fc.constantFrom('', 'ws-a1', 'pc01.corp.example'),
  image: text.map((name) => `C:\\${name}x`),
  originalFileName: fc.option(text),
  commandLine: fc.option(text.map((line) => `x.exe ${line}`)),
  parentImage: fc.option(text),
})

test('the rule of a use that a host is told its own name for finds the same use on another host', () => {
  const onHost = (host: string): RecordedExecution => ({
    ...EXECUTION,
    slug: 'msiexec.exe',
    host: `${host}.corp.example`,
    commandLine: `msiexec /i \\\\fs\\sw\\agent.msi /l*v \\\\fs\\logs\\${host}-agent.log`,
  })
  expect(hits(onHost('WS-A1B'), onHost('WS-C7D'))).toBe(true)
})

test('whatever was recorded, the rule is read by the Sigma engine and finds the execution that it was made of', () => {
  fc.assert(
    fc.property(executions, (execution) => {
      expect(hits(execution, execution)).toBe(true)
    }),
    { numRuns: 300 },
  )
})
test('whatever was recorded, a search of each language has its own lines and closed strings', () => {
  fc.assert(
    fc.property(executions, (execution) => {
      const terms = patternTerms(execution)
      for (const search of [patternKql(terms), patternSplunk(terms)]) {
        expect(search).toMatch(/^[\n\x20-\x7e]*$/)
        const lines = search.trimEnd().split('\n')
        expect(lines.slice(1).every((line) => line.startsWith('| '))).toBe(true)
        for (const line of lines) expect(line.replace(/"(?:[^"\\]|\\.)*"/g, '')).not.toMatch(/["\\]/)
      }
    }),
    { numRuns: 300 },
  )
})
test('whatever was recorded, Kusto’s own parser takes the query with the columns and types that are documented', () => {
  expect(kustoProblem(patternKql(patternTerms(EXECUTION)).replace('FileName', 'FileNames'))).toMatch(
    /FileNames/,
  )
  fc.assert(
    fc.property(executions, (execution) => {
      expect(kustoProblem(patternKql(patternTerms(execution)))).toBe('')
    }),
  )
})
test('whatever was recorded, a ticket has a line for each fact and no hidden character', () => {
  fc.assert(
    fc.property(text, text, (title, value) => {
      const written = patternTicket(title, [{ label: 'Command line', value }])
      expect(written.split('\n')).toHaveLength(3)
      expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }),
  )
})
test('a ticket makes no link of a recorded address, and says so; the way back to its details stays one', () => {
  const written = patternTicket('Mshta.exe on ws-1', [
    { label: 'Command line', value: 'mshta HTTPS://a.example/x.hta ftp://b.example' },
    { label: 'User', value: 'ada' },
    { label: 'Details', value: 'https://cordon.example/deviations/1', link: true },
  ])
  expect(written.split('\n')).toEqual([
    'Mshta.exe on ws-1',
    'Command line (addresses made inert): mshta HxxPS://a.example/x.hta fxp://b.example',
    'User: ada',
    'Details: https://cordon.example/deviations/1',
    '',
  ])
})
