import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './paths.mjs'

/** Of this checkout. @returns {string} */
export function readVersion() {
  return JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version
}
