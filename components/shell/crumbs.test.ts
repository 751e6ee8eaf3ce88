import { expect, test } from 'vitest'
import { crumbsOf } from './crumbs'

const UPLOAD = '/imports/0b5a7c1e-6f0a-4c55-9d3c-2a1f0e9d8c7b'
const labels = (path: string, name: string | null) => crumbsOf(path, name).map(({ label }) => label)

test('an id is told by the name that the page gives, and leads to it from the pages below', () => {
  expect(crumbsOf(UPLOAD, 'log.evtx')).toEqual([
    { href: '/imports', label: 'Imports' },
    { href: UPLOAD, label: 'log.evtx' },
  ])
  expect(crumbsOf(`${UPLOAD}/rejections`, 'log.evtx')).toEqual([
    { href: '/imports', label: 'Imports' },
    { href: UPLOAD, label: 'log.evtx' },
    { href: `${UPLOAD}/rejections`, label: 'Rejected records' },
  ])
  expect(labels('/decisions/7/edit', 'Decision 7')).toEqual(['Decisions', 'Decision 7', 'Edit'])
})

test('of several ids the last is what the page is of', () => {
  expect(crumbsOf('/executions/3/1780000000000000/-512', 'rundll32.exe on ws-1')).toEqual([
    { href: '/executions', label: 'Executions' },
    { href: '/executions/3/1780000000000000/-512', label: 'rundll32.exe on ws-1' },
  ])
})

test('an id without a name is left out, and a name without an id is of the page before', () => {
  expect(labels(UPLOAD, null)).toEqual(['Imports'])
  expect(labels('/policies/versions', 'log.evtx')).toEqual(['Policies', 'Versions'])
})

test('other parts of an address are words of ours or names as they are, however written', () => {
  expect(labels('/binaries/a%20b.exe', null)).toEqual(['Binaries', 'a b.exe'])
  expect(labels('/binaries/%', null)).toEqual(['Binaries', '%'])
  expect(crumbsOf('/', null)).toEqual([{ href: '/', label: 'Overview' }])
})
