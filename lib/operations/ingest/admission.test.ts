import { expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import { Admission } from './admission'

const MB = 1024 * 1024
const BUSY = expect.objectContaining({ code: 'busy' })

/** Opens requests until one is asked to come again; answers the tickets of those that were let in. */
function openUntilBusy(admission: Admission, sender: (index: number) => string, announced: number) {
  const tickets = []
  for (let index = 0; index < 100; index++)
    try {
      tickets.push(admission.open(sender(index), announced))
    } catch (error) {
      if (error instanceof ExpectedError && error.code === 'busy') return tickets
      throw error
    }
  return tickets
}

test('no more is let in at once than is read in good time, and of one sender half of that', () => {
  expect(openUntilBusy(new Admission(), () => 'one', 8 * MB)).toHaveLength(4)
  expect(openUntilBusy(new Admission(), (index) => `shipper ${index}`, 8 * MB)).toHaveLength(8)
  expect(openUntilBusy(new Admission(), () => 'one', 0)).toHaveLength(32)
})

test('who announces much and sends little keeps nobody else out', () => {
  const admission = new Admission()
  expect(openUntilBusy(admission, () => 'liar', 1e12)).toHaveLength(2)
  expect(() => admission.open('another', 8 * MB)).not.toThrow()
})

test('what came and was committed, or will not come, leaves room', async () => {
  const admission = new Admission()
  const [first, second] = openUntilBusy(admission, () => 'one', 16 * MB)
  expect(() => admission.open('one', MB)).toThrow(BUSY)
  first?.hold(16 * MB)
  const third = admission.open('one', 16 * MB)
  await first?.write(async () => undefined)
  first?.close()
  second?.close()
  third.close()
  expect(openUntilBusy(admission, () => 'one', 16 * MB)).toHaveLength(2)
})
