import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { command } from './lib/command.mjs'
import { DIST, ROOT } from './lib/paths.mjs'
import { mustRun } from './lib/run.mjs'

/** Fetched when it is asked for: a hundred megabytes for two thousand bytes that hardly ever change. */
const COMPILER = 'assemblyscript@0.28.20'
const FOLDER = path.join(ROOT, 'lib/pipeline/parse/members')
const SOURCE = path.join(FOLDER, 'find-members.as.ts')

/** Makes of find-members.as.ts the bytes that are run. */
await command(async (cleanup) => {
  const folder = mkdtempSync(path.join(DIST, 'assemble-'))
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }))
  const out = path.join(folder, 'find-members.wasm')
  const options = ['--outFile', out, '-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert']
  await mustRun('Assembling', 'npx', ['--yes', '--package', COMPILER, 'asc', SOURCE, ...options])
  const hash = createHash('sha256').update(readFileSync(SOURCE)).digest('hex')
  const lines =
    readFileSync(out)
      .toString('base64')
      .match(/.{1,100}/g) ?? []
  writeFileSync(
    path.join(FOLDER, 'find-members.wasm.ts'),
    `/** Made of find-members.as.ts by \`npm run assemble\` with ${COMPILER}. */
export const SOURCE_SHA256 = '${hash}'

export const WASM = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('')
`,
  )
})
