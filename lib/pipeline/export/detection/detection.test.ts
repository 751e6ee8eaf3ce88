import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kustoProblem } from '@/fixtures/kusto-problem'
import { jsonProblem } from '@/fixtures/valid-export'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import { readYaml } from '@/lib/pipeline/parse/yaml'
import { readRules } from '@/lib/pipeline/sigma/read-rules'
import type { SigmaRule } from '@/lib/pipeline/sigma/rule'
import { isHit } from '@/lib/pipeline/sigma/rule-engine'
import { exampleBlock } from '../example-decisions'
import { DEFENDER_DETECTION } from './defender'
import type { DetectionRule } from './detection'
import { type BaselineUse, baselineRule, decisionRule } from './detection-rules'
import { DETECTION_LANGUAGES } from './registry'
import { SIGMA_DETECTION } from './sigma'

const ENTRY = CATALOGUE.find(({ slug }) => slug === 'rundll32.exe') ?? (CATALOGUE[0] as never)
const IMAGE = 'C:\\Windows\\System32\\rundll32.exe'

function patternOf(line: string): string {
  return readToolUse('rundll32.exe', line, IMAGE)?.pattern ?? ''
}

const PRINT = 'rundll32.exe C:\\Windows\\system32\\printui.dll,PrintUIEntry /ga /n"\\\\srv\\hp 4"'
const PANEL = '"C:\\Windows\\System32\\rundll32.exe" shell32.dll,Control_RunDLL timedate.cpl'
const USES: BaselineUse[] = [
  { parent: 'printsvc.exe @ program-files', pattern: patternOf(PRINT), commandLines: [PRINT] },
  { parent: 'explorer.exe @ windows', pattern: patternOf(PANEL), commandLines: [PANEL] },
  { parent: 'agent<n>.exe @ program-files', pattern: patternOf(PANEL), commandLines: [PANEL] },
]
const BASELINE = baselineRule({ entry: ENTRY, uses: USES })
const DECISION = decisionRule(
  exampleBlock(3, 'rundll32.exe', 'edr', {
    exceptions: [
      { kind: 'parent', value: 'printsvc.exe @ program-files', reason: '', until: null },
      { kind: 'pattern', value: patternOf(PANEL), reason: '', until: null },
      { kind: 'user', value: 'CORP\\ada', reason: '', until: null },
      { kind: 'pattern', value: 'rundll32 <system>\\unseen.dll,go', reason: '', until: null },
    ],
  }),
  USES,
)
const UNUSED = baselineRule({ entry: ENTRY, uses: [] })
const NETWORK = decisionRule(
  exampleBlock(6, 'rundll32.exe', 'firewall', {
    effect: 'network',
    exceptions: [
      { kind: 'user', value: 'CORP\\ada', reason: '', until: null },
      { kind: 'parent', value: 'printsvc.exe @ program-files', reason: '', until: null },
    ],
  }),
  USES,
)
const spared = (value: string) => ({ kind: 'user' as const, value, reason: '', until: null })
const LIBRARY = decisionRule(exampleBlock(7, 'zipfldr.dll', 'edr', { exceptions: [spared('CORP\\ada')] }), [])
const SCRIPT = decisionRule(exampleBlock(8, 'pubprn.vbs', 'edr', { exceptions: [spared('CORP\\ada')] }), [])
const RULES = {
  baseline: BASELINE,
  decision: DECISION,
  network: NETWORK,
  unused: UNUSED,
  library: LIBRARY,
  script: SCRIPT,
}

function load(rule: DetectionRule): SigmaRule {
  const { rules, refused } = readRules(SIGMA_DETECTION.write(rule).text)
  const [read] = rules
  if (read === undefined) throw new Error(refused[0]?.reason)
  return read.rule
}

type Start = { parent?: string; line?: string; user?: string; image?: string; original?: string }

function hits(
  rule: SigmaRule,
  { parent, line, user = 'CORP\\bob', image = IMAGE, original = 'RUNDLL32.EXE' }: Start,
): boolean {
  const fields = { image, originalfilename: original, parentimage: parent, commandline: line, user }
  return isHit(rule, { category: 'process_creation', product: 'windows', fields })
}

describe.each(DETECTION_LANGUAGES.map((language) => [language.id, language] as const))(
  '%s',
  (id, language) => {
    test('is written as its golden file says', async () => {
      const printed = Object.values(RULES).flatMap((rule) => {
        const { name, text } = language.write(rule)
        return [`==== ${name}`, text]
      })
      await expect(printed.join('\n')).toMatchFileSnapshot(path.resolve(`fixtures/detection/${id}.txt`))
    })
  },
)

test('Kusto’s own parser takes the queries, with the columns and types that are documented', () => {
  for (const rule of Object.values(RULES)) expect(kustoProblem(DEFENDER_DETECTION.write(rule).text)).toBe('')
})
test('Sigma rules are valid by the schema of the specification, and Cordon’s own engine takes them', () => {
  for (const rule of Object.values(RULES)) {
    const { text } = SIGMA_DETECTION.write(rule)
    expect(jsonProblem(JSON.stringify(readYaml(text, 60).values?.[0]), 'sigma-rule.schema.json')).toBe('')
    expect(load(rule).unknownFields).toEqual([])
  }
})

describe('the rule of a baseline', () => {
  const rule = load(BASELINE)
  test.each([
    [
      'a known parent with a known use',
      { parent: 'C:\\Program Files\\HP\\printsvc.exe', line: PRINT },
      false,
    ],
    ['a parent whose number differs', { parent: 'C:\\Program Files\\X\\agent77.exe', line: PANEL }, false],
    [
      'the same in another case',
      {
        parent: 'C:\\WINDOWS\\explorer.exe',
        line: PRINT.toUpperCase(),
      },
      false,
    ],
    ['an unknown parent', { parent: 'C:\\Program Files\\Office\\winword.exe', line: PANEL }, true],
    ['a parent whose name only ends alike', { parent: 'C:\\x\\notexplorer.exe', line: PANEL }, true],
    [
      'an unknown use',
      { parent: 'C:\\Windows\\explorer.exe', line: 'rundll32 C:\\Users\\Public\\a.dll,go' },
      true,
    ],
    [
      'a renamed copy',
      { parent: 'C:\\Windows\\explorer.exe', line: 'x.exe a.dll,go', image: 'C:\\x.exe' },
      true,
    ],
    [
      'another binary',
      { parent: 'C:\\Windows\\explorer.exe', line: 'x', image: 'C:\\x.exe', original: 'x.exe' },
      false,
    ],
    ['a source without command lines', { parent: 'C:\\Windows\\explorer.exe' }, false],
  ])('%s', (_, start: Start, expected) => {
    expect(hits(rule, start)).toBe(expected)
  })
})

test('the rule of a decision that cuts the network hits connections, not starts, and tells what it cannot spare', () => {
  const rule = load(NETWORK)
  const connection = (user: string, image = IMAGE) =>
    isHit(rule, {
      category: 'network_connection',
      product: 'windows',
      fields: { image, user, initiated: 'true' },
    })
  expect(connection('CORP\\bob')).toBe(true)
  expect(connection('CORP\\ada')).toBe(false)
  expect(connection('CORP\\bob', 'C:\\x.exe')).toBe(false)
  expect(hits(rule, { parent: 'C:\\Windows\\explorer.exe', line: PANEL })).toBe(false)
  expect(NETWORK.description).toContain('printsvc.exe @ program-files')
})

test('the rule of a library hits processes that load it, not images of its name, which there are none of', () => {
  const rule = load(LIBRARY)
  const loads = (imageloaded: string, user = 'CORP\\bob') =>
    isHit(rule, { category: 'image_load', product: 'windows', fields: { image: IMAGE, imageloaded, user } })
  expect(loads('C:\\Windows\\System32\\zipfldr.dll')).toBe(true)
  expect(loads('C:\\Windows\\System32\\zipfldr.dll', 'CORP\\ada')).toBe(false)
  expect(loads('C:\\Windows\\System32\\other.dll')).toBe(false)
  expect(DEFENDER_DETECTION.write(LIBRARY).text).toContain('DeviceImageLoadEvents')
})

test('the rule of a script hits the host that is told to run it', () => {
  const rule = load(SCRIPT)
  const runs = { image: 'C:\\Windows\\System32\\cscript.exe', original: 'cscript.exe' }
  const line = 'cscript C:\\Windows\\System32\\Printing_Admin_Scripts\\en-US\\PubPrn.vbs 127.0.0.1'
  expect(hits(rule, { ...runs, line })).toBe(true)
  expect(hits(rule, { ...runs, line, user: 'CORP\\ada' })).toBe(false)
  expect(hits(rule, { ...runs, line: 'cscript other.vbs' })).toBe(false)
})

test('the rule of a decision hits all but what the decision spares', () => {
  const rule = load(DECISION)
  const parent = 'C:\\x\\y.exe'
  expect(hits(rule, { parent, line: 'rundll32 a.dll,go' })).toBe(true)
  expect(hits(rule, { parent: 'C:\\x\\printsvc.exe', line: 'rundll32 a.dll,go' })).toBe(false)
  expect(hits(rule, { parent, line: PANEL })).toBe(false)
  expect(hits(rule, { parent, line: 'rundll32 a.dll,go', user: 'corp\\ADA' })).toBe(false)
  expect(DECISION.description).toContain('unseen.dll')
})

const word = fc.stringMatching(/^[a-z]{3,9}$/)
const digits = fc.integer({ min: 1000, max: 999_999 })
/** Command lines of one form: what differs between them is what a pattern masks. */
const form = fc.record({ dll: word, entry: word, folder: word }).map(
  ({ dll, entry, folder }) =>
    (user: string, number: number) =>
      `rundll32.exe "C:\\Program Files\\${folder}x\\${dll}z.dll",${entry}Run /job:${number} C:\\Users\\${user}\\AppData\\Local\\Temp\\${number}.tmp`,
)

test('benign executions of the baseline’s forms do not hit; other parents and other uses do', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
      fc.array(form, { minLength: 1, maxLength: 3 }),
      word,
      digits,
      (parents, forms, user, number) => {
        const uses = forms.flatMap((make) =>
          parents.map((parent) => {
            const lines = [make('ada', 1234), make('bob.jones', 98_765)]
            return {
              parent: `${parent}.exe @ program-files`,
              pattern: patternOf(lines[0] ?? ''),
              commandLines: lines,
            }
          }),
        )
        const rule = load(baselineRule({ entry: ENTRY, uses }))
        for (const make of forms) {
          const line = make(user, number)
          for (const parent of parents)
            expect(hits(rule, { parent: `C:\\Program Files\\A\\${parent}.exe`, line })).toBe(false)
          expect(hits(rule, { parent: 'C:\\Program Files\\A\\0.exe', line })).toBe(true)
        }
        expect(hits(rule, { parent: `C:\\${parents[0]}.exe`, line: 'rundll32 0.dll,#1' })).toBe(true)
      },
    ),
    { numRuns: 30 },
  )
})
