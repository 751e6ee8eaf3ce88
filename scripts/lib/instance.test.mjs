import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Cleanup } from './command.mjs'
import { explain, Failure } from './failure.mjs'
import { joinInstance, requireData } from './instance.mjs'
import { findHolder, inTurn, lock } from './lock.mjs'
import { assertPortFree, freePort, readPort } from './ports.mjs'
import { startOf } from './process-identity.mjs'
import { readSecrets } from './secrets.mjs'

/** @type {string} */
let folder
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cordon-instance-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('one instance on the data', () => {
  test('a second one gets one sentence that names the first', async () => {
    const first = await lock(folder, 'npm start')
    first.publish({ url: 'http://localhost:3000' })
    await expect(lock(folder, 'npm start')).rejects.toThrow(
      `Cordon already runs on this data (npm start, process ${process.pid}, at http://localhost:3000)`,
    )
    first.release()
  })

  test('after the first has released it, a second one gets the data', async () => {
    const first = await lock(folder, 'npm start')
    first.release()
    const second = await lock(folder, 'npm start')
    expect(findHolder(folder)?.pid).toBe(process.pid)
    second.release()
    expect(findHolder(folder)).toBeNull()
  })

  test('the lock of a killed instance is taken over', async () => {
    const killed = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const pid = killed.pid ?? 0
    writeFileSync(
      path.join(folder, 'lock'),
      JSON.stringify({ pid, start: startOf(pid), command: 'npm start' }),
    )
    expect(findHolder(folder)?.pid).toBe(pid)
    const closed = new Promise((resolve) => killed.once('close', resolve))
    killed.kill('SIGKILL')
    await closed
    const held = await lock(folder, 'npm start')
    expect(findHolder(folder)?.pid).toBe(process.pid)
    held.release()
  })

  test('another process under the same number does not keep the lock', async () => {
    writeFileSync(
      path.join(folder, 'lock'),
      JSON.stringify({ pid: process.pid, start: 'long ago', command: 'npm start' }),
    )
    const held = await lock(folder, 'npm start')
    held.release()
  })

  test('a torn lock file does not keep anybody out', async () => {
    writeFileSync(path.join(folder, 'lock'), '{"pid":')
    const held = await lock(folder, 'npm start')
    held.release()
  })

  test('an instance that is stopping is waited for', async () => {
    const first = await lock(folder, 'npm start')
    first.publish({ stopping: true })
    setTimeout(first.release, 1500)
    const second = await lock(folder, 'npm start')
    second.release()
  })

  test('work in turn never overlaps', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
    }
    await Promise.all([
      inTurn(folder, 'one', work),
      inTurn(folder, 'two', work),
      inTurn(folder, 'three', work),
    ])
    expect(most).toBe(1)
  })
})

describe('the port', () => {
  test('a busy port gets one sentence that names it', async () => {
    const server = net.createServer()
    const port = await freePort()
    await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)))
    await expect(assertPortFree(port, 'localhost')).rejects.toThrow(
      `Port ${port} is in use by another program`,
    )
    await new Promise((resolve) => server.close(resolve))
    await assertPortFree(port, 'localhost')
  })

  test.each(['', 'http', '0', '65536', '30.5'])('PORT=%s is refused', (text) => {
    expect(() => readPort({ PORT: text })).toThrow('PORT must be a number from 1 to 65535')
  })

  test('without PORT it is 3000', () => {
    expect(readPort({})).toBe(3000)
  })
})

describe('the secrets', () => {
  test('only their owner may read them, and they stay the same', () => {
    const secrets = readSecrets(folder)
    expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
    expect(readSecrets(folder)).toEqual(secrets)
    expect(new Set(Object.values(secrets)).size).toBe(3)
    for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThanOrEqual(40)
  })

  test('new ones are not made for an existing database', () => {
    mkdirSync(path.join(folder, 'postgres'))
    expect(() => readSecrets(folder)).toThrow('restore it from your backup')
  })
})

describe('failures of the platform', () => {
  test('a full disk is one sentence', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      path: '/data/x',
    })
    expect(explain(error)).toBeInstanceOf(Failure)
    expect(String(explain(error))).toContain('The disk is full (at /data/x)')
  })

  test('a bug keeps its stack', () => {
    const bug = new TypeError('x is not a function')
    expect(explain(bug)).toBe(bug)
  })
})

describe('a command that looks at data', () => {
  test('says that there is none, instead of making some and finding all of it in order', async () => {
    const place = { dir: path.join(folder, 'data'), database: 'cordon' }
    const asked = joinInstance(place, 'npm run verify-audit', new Cleanup())
    await expect(asked).rejects.toThrow(`There is no database in ${place.dir}`)
    expect(existsSync(place.dir)).toBe(false)
  })
  test.skipIf(process.getuid?.() !== 0)('takes no data from the user that it belongs to', () => {
    mkdirSync(path.join(folder, 'postgres'))
    const place = { dir: folder, database: 'cordon' }
    expect(() => requireData(place)).not.toThrow()
    chownSync(path.join(folder, 'postgres'), 4711, -1)
    expect(() => requireData(place)).toThrow('belong to another user (4711)')
  })
})
