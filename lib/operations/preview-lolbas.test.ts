import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { systemActor } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { addCatalogueEntries } from './add-catalogue-entries'
import { previewLolbas } from './preview-lolbas'
import { ensureCatalogue } from './seed-catalogue'

const admin = systemActor('test')
const fixture = (name: string) => readFile(`fixtures/lolbas/${name}`)

withTestDatabase()
beforeAll(async () => {
  await ensureCatalogue(pool())
})

/** A zip of stored (not deflated) members; APPNOTE.TXT 4.3. */
function toZip(members: Readonly<Record<string, Uint8Array>>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(members)) {
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt32LE(crc32(content), 10)
    head.writeUInt32LE(content.length, 14)
    head.writeUInt32LE(content.length, 18)
    head.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), content])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), head, place, Buffer.from(name)]))
    bodies.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}

test('what a file would bring is shown before anything is added', async () => {
  const preview = await previewLolbas(admin, 'lolbas.json', await fixture('entries.json'))
  expect(preview.added.map(({ name }) => name)).toContain('Sample.exe')
  const { rows } = await pool().query("SELECT 1 FROM catalogue_entry WHERE slug = 'sample.exe'")
  expect(rows).toEqual([])
})

test('a zip of the folder is read file by file, and what is refused is said with its file', async () => {
  const zip = toZip({
    'LOLBAS-master/yml/Sample.yml': await fixture('sample.yml'),
    'LOLBAS-master/yml/Bomb.yml': await fixture('alias-bomb.yml'),
    'LOLBAS-master/README.md': Buffer.from('no entry'),
  })
  const preview = await previewLolbas(admin, 'master.zip', zip)
  expect(preview.added.map(({ slug }) => slug)).toEqual(['sample.ps1'])
  expect(preview.warnings.map(({ where }) => where)).toEqual(['LOLBAS-master/yml/Bomb.yml'])
})

test('a damaged or empty zip gets a sentence, not a failure', async () => {
  const zip = toZip({ 'a.yml': await fixture('sample.yml') })
  for (const bytes of [zip.subarray(0, 40), toZip({ 'a.txt': Buffer.from('x') })]) {
    const preview = await previewLolbas(admin, 'a.zip', bytes)
    expect(preview.added).toEqual([])
    expect(preview.warnings).toHaveLength(1)
  }
})

test('what a file brings can be added as it is, and is then no longer new', async () => {
  const bytes = await fixture('entries.json')
  const { added } = await previewLolbas(admin, 'lolbas.json', bytes)
  const drafts = added.map((entry) => ({
    ...entry,
    originalFileNames: [...entry.originalFileNames],
    paths: [...entry.paths],
    functions: [...entry.functions],
    attack: [...entry.attack],
    countermeasures: [...entry.countermeasures],
  }))
  await addCatalogueEntries(admin, { origin: 'lolbas', drafts })
  expect((await previewLolbas(admin, 'lolbas.json', bytes)).added).toEqual([])
  const { rows } = await pool().query("SELECT enabled, tier FROM catalogue_entry WHERE origin = 'lolbas'")
  expect(new Set(rows.map(({ enabled, tier }) => `${enabled} ${tier}`))).toEqual(new Set(['false optional']))
})
