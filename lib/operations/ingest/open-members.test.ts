import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { asLines, processes, sysmonRecord } from '@/fixtures/one-process'
import { paxRecord, tarOf } from '@/fixtures/tar'
import { zip } from '@/fixtures/zip'
import { memorySource } from './byte-source'
import { openMembers } from './open-members'

const MB = 1024 * 1024
const LOG = asLines(processes(0, 1).map(sysmonRecord))

/** What a reader finds: each member's path, what it looks like and how many bytes came of it, and why the rest was refused. */
async function open(name: string, bytes: Buffer) {
  const members: { path: string; kind: string; bytes: number }[] = []
  let current = { path: '', kind: '', bytes: 0 }
  try {
    for await (const { path, format, bytes: content } of openMembers(memorySource(name, bytes))) {
      current = { path, kind: format.kind, bytes: 0 }
      members.push(current)
      for await (const piece of content) current.bytes += piece.length
    }
    return { members, refused: null }
  } catch (error) {
    return { members, refused: (error as Error).message }
  }
}

async function tar(name: string, content: Buffer): Promise<Buffer> {
  const archive = pack()
  archive.entry({ name }, content)
  archive.finalize()
  const pieces: Uint8Array[] = []
  for await (const piece of archive) pieces.push(piece as Uint8Array)
  return Buffer.concat(pieces)
}

test('a member path that climbs, is absolute or has a drive is only a name', async () => {
  const names = ['../../etc/passwd.json', '/etc/shadow.json', '..\\..\\Windows\\x.json', 'a/./b/../c.json']
  const { members } = await open('logs.zip', zip(names.map((name) => ({ name, content: LOG }))))
  expect(members.map(({ path }) => path)).toEqual([
    'logs.zip/etc/passwd.json',
    'logs.zip/etc/shadow.json',
    'logs.zip/Windows/x.json',
    'logs.zip/a/b/c.json',
  ])
})
test('a zip bomb is refused with its reason, before it is unpacked to its end', async () => {
  const bomb = zip([{ name: 'zeros.json', content: Buffer.alloc(120 * MB) }])
  const { members, refused } = await open('bomb.zip', bomb)
  expect(refused).toMatch(/decompression bomb/)
  expect(members[0]?.bytes ?? 0).toBeLessThan(119 * MB)
})
test('a zip whose entries share the same packed bytes is refused as a whole', async () => {
  const first = { name: '0.json', content: Buffer.alloc(30 * MB) }
  const others = Array.from({ length: 100 }, (_, index) => ({
    name: `${index + 1}.json`,
    content: first.content,
    overlaps: true,
  }))
  const { members, refused } = await open('overlapping.zip', zip([first, ...others]))
  expect(refused).not.toBeNull()
  expect(members.length).toBeLessThan(10)
})
test('what is skipped in an archive counts as unpacked: a bomb does not hide there', async () => {
  // each layer alone stays below what is refused
  const skipped = Buffer.concat([randomBytes(16 * 1024), Buffer.alloc(100 * MB)])
  const bomb = gzipSync(gzipSync(await tar('._zeros', skipped)))
  expect((await open('bomb.tar.gz.gz', bomb)).refused).toMatch(/decompression bomb/)
})

describe('a tar of headers that yield no file', () => {
  test('is refused where one of them is longer than any path', async () => {
    const { members, refused } = await open('long.tar', tarOf([['x', paxRecord('a', 'b'.repeat(70_000))]]))
    expect({ members, refused }).toEqual({ members: [], refused: 'a header of the tar is longer than 64 KB' })
  })
  test.each(['x', 'g', 'L', 'K'])(
    'is refused where more of type %s follow one another than say something',
    async (type) => {
      const headers = Array.from({ length: 5 }, (): [string, Buffer] => [type, paxRecord('a', 'b')])
      const { members, refused } = await open('many.tar.gz', gzipSync(tarOf([...headers, ['0', LOG]])))
      expect(members).toEqual([])
      expect(refused).toMatch(/more than 4 long headers/)
    },
  )
  test('is not multiplied: what one says for the whole archive is not taken for each file', async () => {
    const everywhere = paxRecord('path', 'everywhere.json')
    const bytes = tarOf([
      ['g', everywhere],
      ['x', paxRecord('a', 'b')],
      ['0', LOG],
    ])
    expect((await open('global.tar', bytes)).members).toEqual([
      { path: 'global.tar/a.json', kind: 'json', bytes: LOG.length },
    ])
  })
  test('gives its files their long names as long as they are few', async () => {
    const name = `${'long/'.repeat(60)}a.json`
    const own: [string, Buffer][] = [
      ['g', paxRecord('comment', 'b')],
      ['x', paxRecord('path', name)],
      ['0', LOG],
    ]
    const { members } = await open('logs.tar', tarOf([...own, ...own]))
    expect(members.map(({ path }) => path)).toEqual([`logs.tar/${name}`, `logs.tar/${name} (2)`])
  })
  test('is stopped by who cancels it', async () => {
    const folders = Array.from({ length: 2_000 }, (): [string, Buffer] => ['5', Buffer.alloc(0)])
    const bytes = gzipSync(tarOf([...folders, ['0', LOG]]))
    let asked = 0
    const found = []
    for await (const { path } of openMembers(memorySource('folders.tar.gz', bytes), async () => ++asked > 3))
      found.push(path)
    expect({ found, asked }).toEqual({ found: [], asked: 4 })
  })
})

test('archives in archives are opened three deep, and what lies deeper is named, not opened', async () => {
  let nested = LOG
  for (let depth = 0; depth < 3; depth++) nested = gzipSync(nested)
  expect((await open('three.gz', nested)).members).toEqual([
    { path: 'three', kind: 'json', bytes: LOG.length },
  ])
  for (let depth = 0; depth < 50; depth++)
    nested = depth % 2 === 0 ? gzipSync(nested) : await tar(`${depth}.tar`, nested)
  const { members, refused } = await open('fifty', nested)
  expect(refused).toBeNull()
  expect(members).toHaveLength(1)
  expect(['gzip', 'tar']).toContain(members[0]?.kind)
})
test('an archive that is cut off or lies about its directory ends with a reason', async () => {
  const whole = zip([{ name: 'a.json', content: LOG }])
  const lying = Buffer.from(whole)
  lying.writeUInt32LE(0xfffffff0, lying.length - 6)
  for (const bytes of [whole.subarray(0, whole.length - 30), lying])
    expect((await open('bad.zip', bytes)).refused ?? '').toMatch(/./)
})
