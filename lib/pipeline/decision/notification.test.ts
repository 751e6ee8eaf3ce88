import { expect, test } from 'vitest'
import { retryAfterSeconds, toAnnouncement } from './notification'

const entry = (action: string, detail: unknown = {}) => ({ id: '1', action, subjectId: '7', detail })

test('what waits for a decision is told to those who may decide', () => {
  for (const action of ['decision-proposed', 'decision-approved-first', 'decision-broke-glass'])
    expect(toAnnouncement(entry(action))).toMatchObject({
      event: 'decision-awaits',
      audience: { kind: 'deciders', roles: ['manager', 'admin'], subjectIds: ['7'] },
      href: '/decisions/7',
    })
})
test('what was proposed together is told of once, as one, and leads to all of it', () => {
  expect(toAnnouncement(entry('decision-proposed', { batch: 'b' }))).toBeNull()
  expect(toAnnouncement(entry('decisions-proposed-together'))).toMatchObject({
    event: 'decision-awaits',
    audience: { kind: 'deciders', roles: ['manager', 'admin'], subjectIds: ['7'] },
    href: '/decisions?batch=7&size=200',
  })
})
test('taking a deviation from somebody is told to nobody, and most actions are not', () => {
  expect(toAnnouncement(entry('deviation-assigned', { assigneeId: null }))).toBeNull()
  expect(toAnnouncement(entry('deviation-assigned', 'anything'))).toBeNull()
  expect(toAnnouncement(entry('settings-changed'))).toBeNull()
})
test('what became of how somebody signs in is told to them, also when they did it', () => {
  expect(toAnnouncement(entry('own-password-changed'))).toEqual({
    event: 'own-account',
    audience: { kind: 'account', accountId: '7' },
    title: 'Your password was changed',
    href: '/settings',
    isToldToActor: true,
  })
})
test('a delivery is tried again later each time, and not for ever', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map(retryAfterSeconds)
  expect(waits.slice(0, 6)).toEqual([...waits.slice(0, 6)].sort((a, b) => (a ?? 0) - (b ?? 0)))
  expect(waits[6]).toBeNull()
})
test('that decisions hold for other hosts by a merge is told to those who answer for them, of all at once', () => {
  expect(toAnnouncement(entry('hosts-merged', { decisions: [3] }))).toMatchObject({
    event: 'decision-due',
    audience: { kind: 'answerable', decisionIds: ['3'] },
    title: 'A decision holds for other hosts: some were merged',
    href: '/decisions/3',
  })
  expect(toAnnouncement(entry('hosts-merged', { decisions: [3, 4] }))).toMatchObject({
    audience: { kind: 'answerable', decisionIds: ['3', '4'] },
    href: '/decisions',
  })
  expect(toAnnouncement(entry('decision-hosts-merged', { into: 'ws-1', begins: ['ws-2'] }))).toBeNull()
  expect(toAnnouncement(entry('hosts-merged', { decisions: [] }))).toBeNull()
})
test('an answer is told to those who answer for the decision, and one that was given to many as one', () => {
  expect(toAnnouncement(entry('decision-approved'))).toMatchObject({
    event: 'decision-answered',
    audience: { kind: 'answerable', decisionIds: ['7'] },
  })
  expect(toAnnouncement(entry('decision-approved', { proposedScope: { kind: 'fleet' } }))?.title).toBe(
    'A decision of yours was approved for fewer hosts',
  )
  expect(toAnnouncement(entry('decision-approved', { batch: 'b' }))).toBeNull()
  expect(toAnnouncement(entry('decisions-approved-together', { decisions: [3, 4] }))).toMatchObject({
    audience: { kind: 'answerable', decisionIds: ['3', '4'] },
    href: '/decisions?batch=7&size=200',
  })
})
