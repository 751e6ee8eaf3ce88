import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Dice } from '@/fixtures/dice'
import { damagedFileCase, damagedRecordCase } from '@/fixtures/fuzz-case'
import { FUZZ_SOURCES } from '@/fixtures/fuzz-sources'

const CASES = 300
const DATA = path.resolve('..', 'shared', 'data')
const FOLDERS = ['json', 'csv', 'xml', 'splunk', 'event-viewer', 'syslog', 'texts']
const LARGEST = 64 * 1024

const fixtures = FOLDERS.flatMap((folder) =>
  readdirSync(path.join('fixtures', folder))
    .filter((name) => !name.endsWith('.expected.json'))
    .map((name) => readFileSync(path.join('fixtures', folder, name))),
)

/** The beginnings of real logs. */
function realLogs(): Buffer[] {
  if (!existsSync(DATA)) return []
  const folders = ['derived', 'misc', 'splunk-attack-data', 'otrf-security-datasets']
  return folders.flatMap((folder) =>
    readdirSync(path.join(DATA, folder))
      .filter((_, index) => folder !== 'otrf-security-datasets' || index % 8 === 0)
      .map((name) => {
        const bytes = readFileSync(path.join(DATA, folder, name))
        return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).subarray(0, LARGEST)
      }),
  )
}

test.each([
  ['our own samples', fixtures],
  ['real logs (none where ../shared/data is absent)', realLogs()],
])(
  'no damage to %s makes a reader throw, repeat itself or depend on how the bytes arrive',
  async (_, files) => {
    const dice = new Dice(1)
    for (let number = 0; number < CASES && files.length > 0; number++)
      expect(await damagedFileCase(dice.pick(files), dice), `case ${number}`).toBeNull()
  },
)

test.each(FUZZ_SOURCES)('damage to one record of $name loses none but its neighbours', async (source) => {
  const dice = new Dice(1)
  for (let number = 0; number < CASES; number++)
    expect(await damagedRecordCase(source, dice), `case ${number}`).toBeNull()
})
