import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Connection } from './connection'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A connection to a server that answers as it is told, at a clock that stands at 7. */
function connect() {
  const server = { isThere: true, asked: 0 }
  let back = 0
  const ask = async () => {
    server.asked += 1
    return server.isThere
  }
  const connection = new Connection(
    ask,
    () => {
      back += 1
    },
    () => 7,
  )
  return { connection, server, timesBack: () => back }
}
const answered = () => vi.advanceTimersByTimeAsync(0)

test('what failed while the server answers is no lost connection', async () => {
  const { connection, timesBack } = connect()
  connection.doubt()
  expect(connection.current()).toEqual({ kind: 'doubted', sinceMs: 7 })
  await answered()
  expect(connection.current()).toEqual({ kind: 'up' })
  expect(timesBack()).toBe(0)
})

test('a server that does not answer is asked until it does, and that is told once', async () => {
  const { connection, server, timesBack } = connect()
  server.isThere = false
  connection.doubt()
  await answered()
  expect(connection.current()).toEqual({ kind: 'lost', sinceMs: 7 })
  await vi.advanceTimersToNextTimerAsync()
  expect(server.asked).toBe(2)
  server.isThere = true
  await vi.advanceTimersToNextTimerAsync()
  expect(connection.current()).toEqual({ kind: 'up' })
  expect(timesBack()).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('a page that is left asks no more', async () => {
  const { connection, server } = connect()
  server.isThere = false
  connection.doubt()
  await answered()
  connection.end()
  expect(vi.getTimerCount()).toBe(0)
  expect(connection.current()).toEqual({ kind: 'up' })
})
