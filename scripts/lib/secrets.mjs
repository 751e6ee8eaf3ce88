import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'

/** @typedef {{ ownerPassword: string, appPassword: string, authSecret: string }} Secrets */

const random = () => randomBytes(32).toString('base64url')

/**
 * The passwords of the embedded database and the key of the sessions, made at the first start and kept readable by this user only.
 * @param {string} dir
 * @returns {Secrets}
 */
export function readSecrets(dir) {
  const file = path.join(dir, 'secrets.json')
  if (existsSync(file)) {
    chmodSync(file, 0o600)
    return JSON.parse(readFileSync(file, 'utf8'))
  }
  if (existsSync(path.join(dir, 'postgres')))
    throw new Failure(
      `${file} is missing, and with it the password of the database beside it: restore it from your backup.`,
    )
  const secrets = { ownerPassword: random(), appPassword: random(), authSecret: random() }
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return secrets
}
