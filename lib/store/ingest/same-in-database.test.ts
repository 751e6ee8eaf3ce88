import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { storableText } from '@/lib/pipeline/storable-text'
import { launchId } from '@/lib/store/dictionaries'
import { guidBytes } from '@/lib/store/guid'
import { pool } from '@/lib/store/pool'
import { withTestDatabase } from '@/lib/store/test-database'
import { commandTextId } from './command-texts'

withTestDatabase()

const text = fc.string({ unit: anyCharacter }).map(storableText)

test('a command line has the same id here and in the database, whatever is in it', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (line) => {
      const { rows } = await pool().query('SELECT command_text_id($1) AS id', [line])
      expect(rows[0].id).toBe(commandTextId(line))
    }),
    { numRuns: 200 },
  )
})

test('how a process was started has the same id here and in the database, whatever is known of it', async () => {
  const maybe = fc.option(text)
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        parentImage: maybe,
        grandparentImage: maybe,
        integrityLevel: maybe,
        currentDirectory: maybe,
      }),
      async (launch) => {
        const { rows } = await pool().query('SELECT launch_id($1, $2, $3, $4) AS id', Object.values(launch))
        expect(rows[0].id).toBe(Object.values(launch).every((one) => one === null) ? null : launchId(launch))
      },
    ),
    { numRuns: 200 },
  )
})

test('what tells a process apart is stored alike from here and in the database, and comes back as it was', async () => {
  const other = fc.string({ minLength: 1, maxLength: 40, unit: anyCharacter }).map(storableText)
  const fifteen = fc.string({ minLength: 15, maxLength: 15, unit: 'grapheme-ascii' })
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uuid(), other, fifteen), async (guid) => {
      const { rows } = await pool().query(
        'SELECT guid_bytes($1) = $2::bytea AS same, guid_text($2::bytea) AS back, octet_length($2::bytea) = 16 AS is_guid',
        [guid, guidBytes(guid)],
      )
      expect(rows[0]).toEqual({ same: true, back: guid, is_guid: /^[0-9a-f-]{36}$/.test(guid) })
    }),
    { numRuns: 300 },
  )
})
