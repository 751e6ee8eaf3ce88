import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostileText } from '@/fixtures/hostile-texts'
import {
  hasXmllint,
  jsonProblem,
  markdownStructure,
  powerShellStructure,
  queryStructure,
  xmlStructure,
} from '@/fixtures/valid-export'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { ApprovedBlock } from '@/lib/pipeline/decision/approved-block'
import { readYaml } from '@/lib/pipeline/parse/yaml'
import { AUDIT_CONFIGS } from './audit-config/registry'
import { policyBundle } from './bundle'
import { COLLECTION_SOURCES } from './collection/registry'
import { decisionRule } from './detection/detection-rules'
import { DETECTION_LANGUAGES } from './detection/registry'
import { EXAMPLE_DECISIONS, exampleBlock } from './example-decisions'
import { writePolicies } from './policy/write-policies'

/** What is written where nobody means harm. */
const HARMLESS = 'plain'

/** A path with these is no path of Windows, and no rule is made of it. */
const NOT_IN_PATHS = /[\p{Cc}"|?*<>\\/:]/gu

/** The examples with another text wherever people can write one: names, groups, hosts, rings, reasons, tickets, values of exceptions. */
function withTexts(text: string): typeof EXAMPLE_DECISIONS {
  const blocks = EXAMPLE_DECISIONS.blocks.map(
    (approved): ApprovedBlock => ({
      ...approved,
      justification: text,
      ticket: text,
      entry: {
        ...approved.entry,
        name: text,
        paths: approved.entry.paths.map((one) =>
          one.replace('Windows', () => `Windows\\${text.replace(NOT_IN_PATHS, '')}`),
        ),
      },
      exceptions: approved.exceptions.map((one) => ({
        ...one,
        reason: text,
        ...('value' in one && { value: text }),
      })),
      rings: approved.rings.map((ring) => ({ ...ring, name: text, hosts: [{ id: 1, name: text }] })),
    }),
  )
  const groups = new Map([1, 2].map((id) => [id, text]))
  return { blocks, names: { groups, hosts: new Map([[7, text]]) } }
}

/** Every file of the bundle by a name that holds none of the text, in its order of writing. */
function policyFiles(text: string): (readonly [string, string])[] {
  const decisions = withTexts(text)
  const written = writePolicies(decisions)
  const files = written.flatMap(({ control, policies }) =>
    policies.flatMap(({ files: own, undo }, at) =>
      [...own, undo].map((file) => [`${control} ${at} ${file.name.split('/').at(-1)}`, file.text] as const),
    ),
  )
  const bundle = policyBundle(written, decisions.blocks, [])
  return [...files, ['README.md', bundle.files.find(({ path }) => path === 'README.md')?.text ?? '']]
}

async function structureOf(name: string, text: string): Promise<string> {
  if (/\.(?:xml|mobileconfig)$/.test(name)) return hasXmllint ? xmlStructure(text) : ''
  if (name.endsWith('.ps1')) return await powerShellStructure(text)
  if (name.endsWith('.md')) return markdownStructure(text)
  return shapeOf(JSON.parse(text))
}

/** The names in a value, and what kind each thing is. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shapeOf).join()}]`
  if (value === null || typeof value !== 'object') return typeof value
  return `{${Object.entries(value)
    .map(([key, one]) => `${key}:${shapeOf(one)}`)
    .join()}}`
}

function checkRule(language: string, written: string): void {
  if (language === 'edr') expect(() => JSON.parse(written)).not.toThrow()
  else if (language === 'sigma')
    expect(jsonProblem(JSON.stringify(readYaml(written, 60).values?.[0]), 'sigma-rule.schema.json')).toBe('')
  else
    for (const line of queryStructure(written).split('\n')) {
      expect(line).toMatch(/^(?:\| |\/\/ |search |DeviceProcessEvents$|$)/)
      if (!line.startsWith('//')) expect(line.replaceAll('""', '')).not.toMatch(/["\\]/)
    }
}

describe('whatever people write,', () => {
  test('every file of a policy is built as it is with harmless words', { timeout: 300_000 }, async () => {
    const harmless = new Map<string, string>()
    for (const [name, text] of policyFiles(HARMLESS)) harmless.set(name, await structureOf(name, text))
    expect(harmless.size).toBeGreaterThan(50)
    // PostgreSQL holds no NUL, so no decision does
    const written = hostileText.filter((text) => !text.includes('\0'))
    await fc.assert(
      fc.asyncProperty(written, async (hostile) => {
        for (const [name, text] of policyFiles(hostile))
          expect(await structureOf(name, text), name).toBe(harmless.get(name))
      }),
      { numRuns: 6 },
    )
  })

  const ruleOf = (text: string) => {
    const block = exampleBlock(1, 'rundll32.exe', 'edr', {
      justification: text,
      exceptions: [
        { kind: 'parent', value: `${text} @ system`, reason: text, until: null },
        { kind: 'pattern', value: `rundll32 ${text}`, reason: text, until: null },
        { kind: 'user', value: text, reason: text, until: null },
      ],
    })
    const uses = [{ parent: text, pattern: `rundll32 ${text}`, commandLines: [`rundll32 ${text}`] }]
    return decisionRule({ ...block, entry: { ...block.entry, name: text } }, uses)
  }

  test('every detection is the rule that it is with harmless words', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const { id, write } of DETECTION_LANGUAGES) checkRule(id, write(ruleOf(text)).text)
      }),
      { numRuns: 50 },
    )
  })

  const entriesOf = (text: string) => ({
    entries: CATALOGUE.filter(({ slug }) => slug === 'mshta.exe').map((entry) => ({
      ...entry,
      slug: `${text}.exe`,
      name: text,
      originalFileNames: [text],
    })),
  })

  test('every query that collects asks as it does with harmless words', () => {
    const structures = (text: string) =>
      COLLECTION_SOURCES.flatMap(({ queries }) =>
        queries(entriesOf(text), 7).map((query) => queryStructure(query.text)),
      )
    fc.assert(
      fc.property(hostileText, (text) => {
        const [hostile, harmless] = [structures(text), structures(HARMLESS)]
        expect(hostile.map(withoutRegexes)).toEqual(harmless.map(withoutRegexes))
      }),
    )
  })

  test('every audit configuration is built as it is with harmless words', { timeout: 60_000 }, async () => {
    const filesOf = (text: string) => AUDIT_CONFIGS.flatMap(({ write }) => write(entriesOf(text)))
    const structuresOf = (text: string) =>
      Promise.all(
        filesOf(text).map(async (file) => {
          const name = file.name.replace(/\.conf$/, '.json')
          return `${name}: ${await structureOf(name, file.text)}`
        }),
      )
    const harmless = await structuresOf(HARMLESS)
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        expect(await structuresOf(text)).toEqual(harmless)
      }),
      { numRuns: 10 },
    )
  })
})

/** Falcon's language writes regular expressions between slashes: they hold no slash of their own. */
function withoutRegexes(query: string): string {
  return query.replace(/\/[^/\n]*\/(?=i)/g, '//')
}
