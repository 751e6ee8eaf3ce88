import { expect, test } from 'vitest'
import { addressTime, formatInZone, formatOffset, formatRelative, formatUtc, utcWords } from './time-format'

const NOW = Date.UTC(2026, 10, 23, 12)
const ago = (seconds: number) => formatRelative((NOW - seconds * 1000) * 1000, NOW, 'UTC')

test('UTC is exact to what was stored', () => {
  expect(formatUtc(NOW * 1000)).toBe('2026-11-23 12:00:00.000 UTC')
  expect(formatUtc(NOW * 1000 + 123_456)).toBe('2026-11-23 12:00:00.123456 UTC')
})
test('a local time says how far it is from UTC, and loses nothing when it is exact', () => {
  const us = NOW * 1000 + 123_456
  expect(formatInZone(us, undefined)).toMatch(/^2026-11-2\d \d\d:\d\d:00 [+−]\d\d:\d\d$/)
  expect(formatInZone(us, 'Asia/Kolkata')).toBe('2026-11-23 17:30:00 +05:30')
  expect(formatInZone(us, 'America/St_Johns', true)).toBe('2026-11-23 08:30:00.123456 −03:30')
  expect(formatInZone(us, 'Africa/Abidjan')).toBe('2026-11-23 12:00:00 +00:00')
})
test('recent times are relative, older ones are dates, other years are named', () => {
  expect([
    ago(10),
    ago(180),
    ago(7200),
    ago(86_400),
    ago(5 * 86_400),
    ago(40 * 86_400),
    ago(400 * 86_400),
  ]).toEqual(['just now', '3 min ago', '2 h ago', '1 day ago', '5 days ago', '14 Oct', '19 Oct 2025'])
})
test('a date is of the day that it was in the zone', () => {
  const inZone = (iso: string, zone: string) => formatRelative(Date.parse(iso) * 1000, NOW, zone)
  expect(inZone('2026-03-01T02:00Z', 'UTC')).toBe('1 Mar')
  expect(inZone('2026-03-01T02:00Z', 'America/St_Johns')).toBe('28 Feb')
  expect(inZone('2025-12-31T20:00Z', 'Asia/Kolkata')).toBe('1 Jan')
  expect(inZone('2025-12-31T20:00Z', 'UTC')).toBe('31 Dec 2025')
})
test('a time in an address is exact, and reads as UTC', () => {
  expect(addressTime(NOW * 1000 + 123_456)).toBe('2026-11-23T12:00:00.123456')
  expect(utcWords(addressTime(NOW * 1000))).toBe('2026-11-23 12:00:00.000 UTC')
})
test.each([
  ['2026-01-31', '2026-01-31 UTC'],
  ['2026-01-31T08:30', '2026-01-31 08:30 UTC'],
  ['2026-01-31T08:30:00.123456Z', '2026-01-31 08:30:00.123456 UTC'],
  ['2026-01-31T08:30+01:00', '2026-01-31 08:30+01:00'],
  ['yesterday', 'yesterday'],
])('a day or time that names no zone is said to be UTC: %s', (text, words) => {
  expect(utcWords(text)).toBe(words)
})
test('a clock ahead of ours is said to be', () => {
  expect(ago(-600)).toBe('in 10 min')
})
test('an offset says before or after, finer the closer it is', () => {
  expect(
    [1234, -2_500_000, 59_600_000, -123_000_000, 7_260_000_000, 90_000_000_000].map(formatOffset),
  ).toEqual(['+0.00 s', '−2.50 s', '+1 min 00 s', '−2 min 03 s', '+2 h 01 min', '+1 d 01 h'])
})
