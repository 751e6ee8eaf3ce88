import { expect, test } from 'vitest'
import { ExpectedError, isStopped, shownFailure, toUnavailable } from './errors'

const withCode = (code: string, message: string) => Object.assign(new Error(message), { code })

test.each([
  withCode('57P03', 'the database system is starting up'),
  withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432'),
  withCode(
    'P2039',
    'Database error. Code: `57P03`. Message: `the database system is not yet accepting connections`',
  ),
  withCode('53300', 'sorry, too many clients already'),
  withCode('P2037', 'Too many database connections opened: too many connections for database "cordon"'),
  new Error('Connection terminated unexpectedly'),
])('whoever asks while the database is away is told so (%s)', (error) => {
  expect(toUnavailable(error)?.message).toContain('The database does not answer')
})

test('whoever sends while its disk is full is told so', () => {
  const full = withCode('53100', 'could not extend file "base/5/1": No space left on device')
  expect(toUnavailable(full)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('disk') })
})

test.each([withCode('23505', 'duplicate key value'), new TypeError('x is not a function'), null, 'text'])(
  'a fault of ours is no fault of the database (%s)',
  (error) => {
    expect(toUnavailable(error)).toBeNull()
  },
)

test.each([
  withCode('57014', 'Anweisung wird abgebrochen'),
  withCode(
    'P2010',
    'Raw query failed. Code: `57014`. Message: `canceling statement due to statement timeout`',
  ),
])('a statement that the database stopped is told from one that failed (%s)', (error) => {
  expect(isStopped(error)).toBe(true)
  expect(toUnavailable(error)).toBeNull()
})

test('of an error in a page a browser learns what it may say of it, and of a fault of ours nothing', () => {
  const error = new ExpectedError('busy', 'Too many searches: two lines\nare one message.')
  expect(shownFailure(error.digest)).toEqual({ code: 'busy', message: error.message })
  expect(shownFailure('2386420069')).toBeNull()
})
