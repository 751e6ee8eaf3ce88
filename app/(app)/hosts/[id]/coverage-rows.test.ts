import { expect, test } from 'vitest'
import { toCoverageRows } from './coverage-rows'

const DAY = { creations: 10, withCommandLine: 4, withParent: 10, withHash: 0, lastAt: 5 }

test('each kind has a row with its days, its longest gap and its newest event', () => {
  const rows = toCoverageRows([{ sensor: 'security', days: [{ day: '2026-01-05', ...DAY }] }], {
    kinds: [
      {
        kind: 'module-load',
        sources: ['sysmon'],
        days: [
          { day: '2026-01-01', hours: 1, lastAt: 1 },
          { day: '2026-01-02', hours: 3, lastAt: 2 },
          { day: '2026-01-06', hours: 0b111, lastAt: 3 },
        ],
      },
    ],
  })
  expect(rows.map(({ label, source }) => `${label} ${source}`.trim())).toEqual([
    'Process creations Security log',
    'Command lines Security log',
    'Module loads Sysmon',
    'Network connections',
    'DNS queries',
    'Attempts',
  ])
  expect(rows[1]?.days.get('2026-01-05')?.few).toBe(true)
  expect(rows[2]).toMatchObject({ longestGap: 3, lastDay: '2026-01-06', lastAt: 3 })
  expect(rows[2]?.days.get('2026-01-06')?.words).toBe('in 3 of 24 hours')
  expect(rows[3]).toMatchObject({ longestGap: 0, lastDay: null, lastAt: null })
})

test('a sensor that never sends command lines has a row that says so', () => {
  const [, lines] = toCoverageRows(
    [{ sensor: 'security', days: [{ day: '2026-01-05', ...DAY, withCommandLine: 0 }] }],
    { kinds: [] },
  )
  expect(lines).toMatchObject({ label: 'Command lines', lastDay: null })
  expect(lines?.days.size).toBe(0)
})
