import { expect, test } from 'vitest'
import { ensureBundles } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { inTurn } from './lock.mjs'
import { DIST } from './paths.mjs'
import { findRunner } from './postgres-binaries.mjs'

test('where all is installed and built, a start takes no lock there and writes nothing: services have their program read-only', async () => {
  const built = await ensureBundles()
  findRunner()
  // whoever wanted to write would wait for this turn to end
  await inTurn(DIST, 'a test', async () => {
    await ensureInstalled()
    expect(await ensureBundles()).toBe(built)
  })
})
