import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  hasXmllint,
  jsonProblem,
  powerShellProblem,
  powerShellStructure,
  xmlProblem,
} from '@/fixtures/valid-export'
import type { ApprovedBlock } from '../approved-block'
import { EXAMPLE_DECISIONS, EXAMPLE_NAMES, exampleBlock } from '../example-decisions'
import type { ControlPolicies, ExportFile } from './policy'
import { POLICY_WRITERS } from './registry'
import { writePolicies } from './write-policies'

const WRITTEN = writePolicies(EXAMPLE_DECISIONS)
const CONTROLS = POLICY_WRITERS.map(({ control }) => control)

function filesOf({ policies }: ControlPolicies): ExportFile[] {
  return policies.flatMap(({ files, undo }) => [...files, undo])
}

function printed(control: ControlPolicies): string {
  const limits = control.limits.map(({ decisionId, kind, text }) => `${decisionId} ${kind}: ${text}`)
  const files = filesOf(control).flatMap(({ name, about, text }) => [`==== ${name}`, `---- ${about}`, text])
  return [...limits, '', ...files].join('\n')
}

test.each(WRITTEN.map((one) => [one.control, one] as const))(
  '%s is written as its golden file says',
  async (control, written) => {
    await expect(printed(written)).toMatchFileSnapshot(path.resolve(`fixtures/policies/${control}.txt`))
  },
)

const SCHEMA_OF: Readonly<Record<string, string>> = {
  'app-control': 'app-control.xsd',
  applocker: 'applocker.xsd',
  santa: 'plist.xsd',
}
const JSON_SCHEMAS: readonly (readonly [RegExp, string])[] = [
  [/^santa .*\.json$/, 'santa-rules.schema.json'],
  [/^asr .*values\.json$/, 'asr-values.schema.json'],
  [/^edr .*rules\.json$/, 'edr-rules.schema.json'],
]

async function problemOf(control: string, { name, text }: ExportFile): Promise<string> {
  if (/\.(?:xml|mobileconfig)$/.test(name))
    return hasXmllint ? xmlProblem(text, SCHEMA_OF[control] ?? null) : ''
  if (name.endsWith('.ps1')) return await powerShellProblem(text)
  const schema = JSON_SCHEMAS.find(([of]) => of.test(`${control} ${name}`))?.[1]
  return schema === undefined ? '' : jsonProblem(text, schema)
}

describe('readers that this project did not write take every file', () => {
  if (!hasXmllint) test.skip('XML, for want of xmllint (apt-get install libxml2-utils)', () => undefined)

  test.each(CONTROLS)('%s', async (control) => {
    const written = WRITTEN.find((one) => one.control === control)
    for (const file of written ? filesOf(written) : [])
      expect(await problemOf(control, file), file.name).toBe('')
  })

  test('and they do find fault with what is broken', async () => {
    expect(await powerShellProblem("$x = 'a'b'")).not.toBe('')
    expect(jsonProblem('{"rules":[{}]}', 'santa-rules.schema.json')).not.toBe('')
    if (hasXmllint) expect(xmlProblem('<AppLockerPolicy Version="1" />', 'applocker.xsd')).not.toBe('')
  })
})

test('the same decisions give the same bytes, in whatever order they come', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...EXAMPLE_DECISIONS.blocks], { minLength: EXAMPLE_DECISIONS.blocks.length }),
      (blocks) => {
        expect(writePolicies({ ...EXAMPLE_DECISIONS, blocks })).toEqual(WRITTEN)
      },
    ),
    { numRuns: 20 },
  )
})

test('no enforced policy holds a decision that spares what the control cannot say', () => {
  const exception = fc
    .constantFrom('parent', 'pattern', 'user')
    .map((kind) => ({ kind: kind as 'parent', value: 'x.exe @ system', reason: '', until: null }))
  fc.assert(
    fc.property(
      fc.array(exception, { minLength: 1 }),
      fc.constantFrom('execution' as const, 'network' as const),
      (exceptions, effect) => {
        const written = writePolicies({
          names: EXAMPLE_NAMES,
          blocks: [exampleBlock(1, 'mshta.exe', { effect, exceptions })],
        })
        for (const { control, policies, limits } of written) {
          if (control === 'edr') continue
          expect(policies).toEqual([])
          expect(limits).toHaveLength(1)
        }
      },
    ),
  )
})

test('hosts that a decision spares are in no policy that carries it', () => {
  const [written] = writePolicies(EXAMPLE_DECISIONS)
  const withWmic = written?.policies.filter(({ decisionIds }) => decisionIds.includes(2))
  expect(withWmic?.map(({ label }) => label)).toEqual([
    'Fleet without kiosk-7.corp.example',
    'Fleet without kiosk-7.corp.example',
  ])
})

test('every decision is in a policy of some control, or each control says why not', () => {
  for (const decisionId of new Set(EXAMPLE_DECISIONS.blocks.map((block) => block.decisionId)))
    for (const { policies, limits } of WRITTEN)
      expect(
        policies.some(({ decisionIds }) => decisionIds.includes(decisionId)) ||
          limits.some(
            (limit) =>
              limit.decisionId === decisionId && (limit.kind === 'refused' || limit.kind === 'held-back'),
          ),
      ).toBe(true)
})

const HOSTILE = [
  "'; Remove-Item C:\\ -Recurse #",
  '’; calc ‘',
  '"$(calc)" `calc`',
  ']]><x/><!--',
  '--> & < > "',
  'a\r\nInvoke-Expression b',
  '\u202egnp.exe',
  '#>\n<#',
  '\u0000\u0007\ud800',
  '@echo %PATH% !x!',
  '{{template}} $x',
]
const hostile = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }))

/** The examples with another text wherever people can write one. */
function withTexts(text: string): typeof EXAMPLE_DECISIONS {
  const blocks = EXAMPLE_DECISIONS.blocks.map(
    (approved): ApprovedBlock => ({
      ...approved,
      note: text,
      target: {
        ...approved.target,
        name: text,
        paths: approved.target.paths.map((one) => one.replace('Windows', () => `Windows\\${text}`)),
      },
      block: {
        ...approved.block,
        exceptions: approved.block.exceptions.map((one) => ({
          ...one,
          reason: text,
          ...('value' in one && { value: text || 'x' }),
        })),
      },
    }),
  )
  return {
    blocks,
    names: {
      groups: new Map([
        [1, text],
        [2, text],
      ]),
      hosts: new Map([[7, text]]),
    },
  }
}

test('no text of a person breaks out of its place in any file', { timeout: 300_000 }, async () => {
  const structures = new Map<string, string>()
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      for (const written of writePolicies(withTexts(text)))
        for (const file of filesOf(written)) {
          expect(await problemOf(written.control, file), file.name).toBe('')
          if (!file.name.endsWith('.ps1')) continue
          const kind = `${written.control} ${file.name.replace(/^.*-(?=audit|enforce)/, '')} ${written.policies.findIndex(({ files, undo }) => files.includes(file as never) || undo === file)}`
          const structure = await powerShellStructure(file.text)
          expect(structures.get(kind) ?? structure, file.text).toBe(structure)
          structures.set(kind, structure)
        }
    }),
    { numRuns: 25 },
  )
})
