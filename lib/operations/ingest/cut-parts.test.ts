import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutParts, type Part } from './cut-parts'

const PART_BYTES = 64

async function* piecesOf(bytes: Buffer, size: number, damage?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  if (damage) throw damage
}

async function cut(bytes: Buffer, size: number, damage?: Error): Promise<Part[]> {
  const parts: Part[] = []
  for await (const part of cutParts(piecesOf(bytes, size, damage), PART_BYTES)) parts.push(part)
  return parts
}

test('parts are the file, each but the last ends a line where there is one, and only the last is the last', async () => {
  const line = fc.string({ maxLength: 100 }).map((text) => `${text.replaceAll('\n', '')}\n`)
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 30 }),
      fc.integer({ min: 1, max: 200 }),
      async (lines, size) => {
        const bytes = Buffer.from(lines.join(''))
        const parts = await cut(bytes, size)
        expect(Buffer.concat(parts.map((part) => part.bytes))).toEqual(bytes)
        expect(parts.map(({ isFirst }) => isFirst)).toEqual(parts.map((_, index) => index === 0))
        expect(parts.map(({ isLast }) => isLast)).toEqual(parts.map((_, index) => index === parts.length - 1))
        for (const { bytes: own, lines: ends } of parts)
          expect(own.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0)).toBe(ends)
      },
    ),
  )
})

test('a line longer than two parts is cut where it stands', async () => {
  const parts = await cut(Buffer.alloc(1000, 0x61), 10)
  expect(Math.max(...parts.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(2 * PART_BYTES + 10)
})

test('what came before a source failed is a part that tells of it', async () => {
  const damage = new Error('cut off')
  const parts = await cut(Buffer.from('{"a":1}\n{"b'), 4, damage)
  expect(parts).toMatchObject([{ isLast: true, damage }])
  expect(Buffer.from(parts[0]?.bytes ?? []).toString()).toBe('{"a":1}\n{"b')
})
