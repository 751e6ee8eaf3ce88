import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { hasXmllint, powerShellProblem, xmlProblem } from '@/fixtures/valid-export'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { ExportFile } from '../policy/policy'
import { configsFor, EXPECTED_KINDS, gapsOf } from './gaps'
import { AUDIT_CONFIGS } from './registry'

const ENTRIES = CATALOGUE.filter(({ tier }) => tier === 'baseline')
/** Few of each kind, so that golden files stay short. */
const SOME = {
  entries: ENTRIES.filter(({ slug }) => /^(?:mshta|mavinject|msbuild|osascript|pubprn)/.test(slug)),
}

const SCHEMAS: Readonly<Record<string, string>> = {
  sysmon: 'sysmon.xsd',
  'applocker-audit': 'applocker.xsd',
  'app-control-audit': 'app-control.xsd',
  'event-forwarding': 'event-forwarding.xsd',
  'santa-monitor': 'plist.xsd',
}

async function problemOf(id: string, { name, text }: ExportFile): Promise<string> {
  if (name.endsWith('.ps1')) return await powerShellProblem(text)
  if (name.endsWith('.conf')) return parse(text) === null ? 'empty' : ''
  const schema = name.endsWith('fragment.xml') ? null : (SCHEMAS[id] ?? null)
  return hasXmllint ? xmlProblem(text, schema) : ''
}

describe.each(AUDIT_CONFIGS.map((config) => [config.id, config] as const))('%s', (id, config) => {
  test('is written as its golden file says', async () => {
    const printed = config
      .write(SOME)
      .flatMap(({ name, about, text }) => [`==== ${name}`, `---- ${about}`, text])
    await expect(printed.join('\n')).toMatchFileSnapshot(path.resolve(`fixtures/audit-config/${id}.txt`))
  })

  test('is taken by readers that this project did not write, for the whole catalogue too', async () => {
    for (const file of config.write({ entries: ENTRIES }))
      expect(await problemOf(id, file), file.name).toBe('')
  })
})

test('whatever a host does not send, files turn it on, with none among them that closes nothing more', () => {
  fc.assert(
    fc.property(fc.subarray([...EXPECTED_KINDS]), (gaps) => {
      const closed = configsFor(gaps).map(({ closes }) =>
        gaps.filter((gap) => (closes as readonly string[]).includes(gap)),
      )
      expect(new Set(closed.flat())).toEqual(new Set(gaps))
      closed.forEach((more, at) => {
        const before = new Set(closed.slice(0, at).flat())
        expect(more.some((gap) => !before.has(gap))).toBe(true)
      })
    }),
  )
  expect(configsFor(gapsOf({ kinds: [], withCommandLines: false }))[0]?.id).toBe('sysmon')
  expect(gapsOf({ kinds: ['process-creation'], withCommandLines: false })[0]).toBe('command-lines')
  expect(configsFor([])).toEqual([])
})
