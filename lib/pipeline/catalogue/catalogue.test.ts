import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CATALOGUE } from './catalogue'
import { TIERS } from './entry'

const FACTS = '../shared/facts/catalogue.json'
const COUNTERMEASURES = ['CM0005', 'CM0006', 'CM0007', 'CM0008', 'CM0046', 'CM0057']
/** Published with a path that only says that there is none. */
const WITHOUT_A_PATH = 'wfmformat.exe'

const factsSchema = z.object({
  entries: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      tier: z.enum(TIERS),
      paths: z.array(z.string()),
      functions: z.array(z.string()),
      attack: z.array(z.string()),
      countermeasures: z.array(z.string()),
      named_in_mission: z.boolean(),
    }),
  ),
})

function readFacts() {
  return factsSchema.parse(JSON.parse(readFileSync(FACTS, 'utf8'))).entries
}

describe('the built-in catalogue', () => {
  test('has 244 entries with unique slugs', () => {
    expect(CATALOGUE).toHaveLength(244)
    expect(new Set(CATALOGUE.map((entry) => entry.slug)).size).toBe(244)
  })

  test('scores 138 entries, offers 68 and keeps 38 as context', () => {
    const count = (tier: string) => CATALOGUE.filter((entry) => entry.tier === tier).length
    expect(TIERS.map(count)).toEqual([138, 68, 38])
  })

  test('a slug is the lower-case name', () => {
    for (const entry of CATALOGUE) expect(entry.slug).toBe(entry.name.toLowerCase())
  })

  test('every technique is an ATT&CK id and every countermeasure is known', () => {
    for (const entry of CATALOGUE) {
      expect(entry.attack.length).toBeGreaterThan(0)
      for (const technique of entry.attack) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/)
      for (const countermeasure of entry.countermeasures) expect(COUNTERMEASURES).toContain(countermeasure)
    }
  })

  test('original file names are lower-case and carry no language suffix', () => {
    const names = CATALOGUE.flatMap((entry) => entry.originalFileNames)
    expect(names).toEqual(names.map((name) => name.toLowerCase().replace(/\.mui$/, '')))
  })

  test('descriptions are one sentence, and no two alike', () => {
    const descriptions = CATALOGUE.map((entry) => entry.description)
    for (const description of descriptions) expect(description).toMatch(/^[A-Z.].{15,}\.$/)
    const shared = descriptions.filter((description, index) => descriptions.indexOf(description) !== index)
    expect(shared).toEqual([])
  })

  test('what is scored says what legitimately needs it', () => {
    const silent = CATALOGUE.filter((entry) => entry.tier === 'baseline' && entry.legitimateUse === null)
    expect(silent.map((entry) => entry.slug)).toEqual([])
  })

  test('the five binaries that CM0091 names are marked, with both system folders where they have them', () => {
    const named = CATALOGUE.filter((entry) => entry.namedInMission)
    expect(named.map((entry) => entry.slug).sort()).toEqual([
      'msbuild.exe',
      'mshta.exe',
      'msiexec.exe',
      'regsvr32.exe',
      'rundll32.exe',
    ])
    for (const entry of named) expect(entry.paths.join()).toMatch(/SysWOW64|Framework64/)
  })
})

describe.skipIf(!existsSync(FACTS))('against the published facts', () => {
  test('names, tiers, functions, techniques and countermeasures agree', () => {
    const ours = CATALOGUE.map(({ name, tier, functions, attack, countermeasures, namedInMission }) => ({
      name,
      tier,
      functions,
      attack,
      countermeasures,
      named_in_mission: namedInMission,
    }))
    const facts = readFacts().map(({ kind: _, paths: __, ...fact }) => fact)
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
    expect(ours.sort(byName)).toEqual(facts.sort(byName))
  })

  test('every published path is listed', () => {
    for (const fact of readFacts()) {
      const entry = CATALOGUE.find((candidate) => candidate.name === fact.name)
      const listed = new Set(entry?.paths.map((path) => path.toLowerCase()))
      const missing = fact.paths.filter((path) => !listed.has(path.toLowerCase()))
      if (entry?.slug !== WITHOUT_A_PATH) expect(missing).toEqual([])
    }
  })

  test('libraries and scripts are told from binaries', () => {
    const kinds: Record<string, string> = { OSLibraries: 'library', OSScripts: 'script' }
    for (const fact of readFacts()) {
      const entry = CATALOGUE.find((candidate) => candidate.name === fact.name)
      expect([fact.name, entry?.kind]).toEqual([fact.name, kinds[fact.kind] ?? 'binary'])
    }
  })
})
