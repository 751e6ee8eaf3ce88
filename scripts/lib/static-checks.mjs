import { existsSync } from 'node:fs'
import { prismaEnv } from './install.mjs'
import { ROOT } from './paths.mjs'
import { nodeModule, run } from './run.mjs'

/** Folders whose imports follow rules. */
const LAYERS = ['app', 'components', 'lib', 'worker', 'cli', 'e2e', 'bench', 'prisma', 'fixtures']
/** dependency-cruiser passes when it reads nothing (it does with a TypeScript it does not know). */
const FEWEST_MODULES = 50

/**
 * A check that passes or fails as a whole, and what it printed.
 * @typedef {{ name: string, run: () => Promise<{ code: number, output: string }> }} Check
 */

/** Takes as long as the others together, in one process. @type {Check} */
export const TYPES = { name: 'types', run: checkTypes }

/** @type {Check[]} */
export const OTHER_CHECKS = [
  {
    name: 'format and lint',
    run: () => tool('@biomejs/biome/bin/biome', ['ci', '--max-diagnostics=100', '.']),
  },
  {
    name: 'types of the scripts',
    run: () => tool('typescript-native/bin/tsc', ['--noEmit', '-p', 'scripts']),
  },
  { name: 'architecture', run: checkArchitecture },
  { name: 'unused code', run: () => tool('knip/bin/knip.js', ['--no-progress']) },
]

/** The migrations make what the schema says. @param {string} url of a server that may be used @returns {Check} */
export function schemaDrift(url) {
  const args = [
    'migrate',
    'diff',
    '--from-migrations',
    'prisma/migrations',
    '--to-schema',
    'prisma/schema',
    '--exit-code',
  ]
  return {
    name: 'migrations match the schema',
    run: () => tool('prisma/build/index.js', args, prismaEnv({ DATABASE_URL: url })),
  }
}

/** Types of the routes are generated first. */
async function checkTypes() {
  const generated = await tool('next/dist/bin/next', ['typegen'])
  return generated.code === 0 ? tool('typescript-native/bin/tsc', ['--noEmit', '-p', '.']) : generated
}

async function checkArchitecture() {
  const folders = LAYERS.filter((folder) => existsSync(`${ROOT}/${folder}`))
  const result = await tool('dependency-cruiser/bin/dependency-cruise.mjs', [
    ...folders,
    '--config',
    '.dependency-cruiser.cjs',
  ])
  const modules = Number(/(\d+) modules/.exec(result.output)?.[1] ?? 0)
  if (modules >= FEWEST_MODULES) return result
  return {
    code: 1,
    output: `${result.output}\nOnly ${modules} modules were read: the check itself does not work.`,
  }
}

/** @param {string} file in node_modules @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function tool(file, args, env = process.env) {
  const [node = '', program = ''] = nodeModule(file)
  return run(node, [program, ...args], {
    env: { ...env, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: process.stderr.isTTY ? '1' : '0' },
  })
}
