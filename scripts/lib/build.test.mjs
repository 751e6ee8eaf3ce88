import { mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ensureBundles } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { inTurn } from './lock.mjs'
import { DIST } from './paths.mjs'
import { findRunner } from './postgres-binaries.mjs'

test('what is built may be read by the user that a service runs as', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordon-built-'))
  try {
    const built = path.join(folder, 'dist')
    expect(await inTurn(built, 'a test', async () => statSync(built).mode & 0o055)).toBe(0o055)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('where all is installed and built, a start takes no lock there and writes nothing: services have their program read-only', async () => {
  const built = await ensureBundles()
  findRunner()
  // whoever wanted to write would wait for this turn to end
  await inTurn(DIST, 'a test', async () => {
    await ensureInstalled()
    expect(await ensureBundles()).toBe(built)
  })
})
