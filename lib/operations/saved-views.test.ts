import { beforeAll, expect, test } from 'vitest'
import type { AccountActor } from '@/lib/store/accounts'
import { listDefaultQueries, listViews } from '@/lib/store/screens/saved-views'
import { search } from '@/lib/store/screens/search'
import { withTestDatabase } from '@/lib/store/test-database'
import { examplePerson } from './example-person'
import { changeView, deleteView, saveView, setDefaultView } from './saved-views'

let ada: AccountActor
let bea: AccountActor
let vic: AccountActor
withTestDatabase()
beforeAll(async () => {
  ada = await examplePerson('ada', 'responder')
  bea = await examplePerson('bea', 'responder')
  vic = await examplePerson('vic', 'viewer')
})

const PAGE = '/deviations'
const seenBy = async ({ accountId }: AccountActor) =>
  (await listViews(accountId, PAGE)).map(({ name }) => name)

test('a view is its owner’s alone until it is shared, and again when it is shared no longer', async () => {
  const id = await saveView(ada, {
    page: PAGE,
    name: 'Mshta',
    query: 'open=1&binary=mshta.exe',
    shared: false,
  })
  const [view] = await listViews(ada.accountId, PAGE)
  expect(view).toMatchObject({ query: 'binary=mshta.exe', mine: true, shared: false, isDefault: false })
  expect(await seenBy(bea)).toEqual([])
  await changeView(ada, { id, version: 0 }, { shared: true, name: 'Mshta anywhere' })
  expect(await seenBy(bea)).toEqual(['Mshta anywhere'])
  await setDefaultView(bea, PAGE, id)
  expect(await listDefaultQueries(bea.accountId)).toEqual({ [PAGE]: 'binary=mshta.exe' })
  expect(await listViews(ada.accountId, PAGE)).toMatchObject([{ isDefault: false, othersDefaults: 1 }])
  expect(await listViews(bea.accountId, PAGE)).toMatchObject([{ isDefault: true, othersDefaults: 0 }])
  await changeView(ada, { id, version: 1 }, { shared: false })
  expect(await seenBy(bea)).toEqual([])
  expect(await listDefaultQueries(bea.accountId)).toEqual({})
  await expect(setDefaultView(bea, PAGE, id)).rejects.toMatchObject({ code: 'not-found' })
})

test('only its owner changes or deletes a view, and what is deleted is nobody’s default', async () => {
  const id = await saveView(ada, { page: PAGE, name: 'Flagged', query: 'state=flagged', shared: true })
  await expect(changeView(bea, { id, version: 0 }, { name: 'Mine' })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(deleteView(bea, id)).rejects.toMatchObject({ code: 'not-found' })
  await setDefaultView(bea, PAGE, id)
  await deleteView(ada, id)
  expect(await listDefaultQueries(bea.accountId)).toEqual({})
})

test('of two who change a view at once the later one is told, and a name is taken once', async () => {
  const id = await saveView(ada, { page: PAGE, name: 'One', query: 'score=8', shared: false })
  await saveView(ada, { page: PAGE, name: 'Two', query: 'score=12', shared: false })
  await changeView(ada, { id, version: 0 }, { query: 'score=16' })
  await expect(changeView(ada, { id, version: 0 }, { name: 'Other' })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(changeView(ada, { id, version: 1 }, { name: 'Two' })).rejects.toMatchObject({
    code: 'conflict',
  })
  await saveView(bea, { page: PAGE, name: 'Two', query: '', shared: false })
})

test('a viewer keeps views but shares none', async () => {
  await saveView(vic, { page: PAGE, name: 'High', query: 'score=20', shared: false })
  await expect(saveView(vic, { page: PAGE, name: 'For all', query: '', shared: true })).rejects.toMatchObject(
    { code: 'forbidden' },
  )
})

test('a view is found by its name by its owner, and by others where it is shared', async () => {
  await saveView(ada, { page: PAGE, name: 'Night shift, own', query: 'score=8', shared: false })
  await saveView(bea, { page: '/hosts', name: 'Night shift', query: 'group=1', shared: true })
  const found = async (actor: AccountActor) =>
    (await search(actor, 'night')).map(({ type, label, href }) => `${type} ${label} ${href}`)
  expect(await found(ada)).toEqual([
    'View Night shift, own /deviations?score=8',
    'View Night shift /hosts?group=1',
  ])
  expect(await found(vic)).toEqual(['View Night shift /hosts?group=1'])
})
