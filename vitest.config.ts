import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Folders whose tests use a real PostgreSQL (checks/database.setup.mjs starts one); all others are plain unit tests. */
const DATABASE_TESTS = [
  '{lib/store,lib/operations,lib/access,lib/http,worker,cli,prisma,bench/fleet}/**/*.test.ts',
  'scripts/lib/{backup,distribute,migrations}.test.mjs',
]
/** Those of them that change or start whole processes, each in one of its own. */
const PROCESS_TESTS = [
  'cli/**/*.test.ts',
  'lib/operations/run-worker.test.ts',
  'lib/store/statement-limit.test.ts',
]
const alias = { '@': path.resolve(import.meta.dirname) }
const IGNORED = ['**/node_modules/**', '**/.next/**', '**/.cordon/**', 'dist/**', 'lib/store/generated/**']

/** Small files whose tests take long: without a memory of earlier runs, files begin by their size, and these would be waited for alone at the end. */
const LONG = [
  'lib/pipeline/parse/hostile-shapes.test.ts',
  'lib/pipeline/parse/damaged-files.test.ts',
  'scripts/lib/kept-postgres.test.mjs',
]

class LongFirst extends BaseSequencer {
  /** Files of a project stay together: they share a process. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((name) => moduleId.endsWith(name))
    const projects = [...new Set(sorted.map(({ project }) => project))]
    return projects.flatMap((project) => {
      const files = sorted.filter((file) => file.project === project)
      return [...files.filter(isLong), ...files.filter((file) => !isLong(file))]
    })
  }
}

export default defineConfig({
  resolve: { alias },
  test: {
    // two cores, and tests of the store wait for the database now and then
    maxWorkers: 3,
    setupFiles: ['checks/property-seed.mjs', 'checks/own-environment.mjs'],
    // files keep nothing for each other (checks/own-environment.mjs): modules are loaded once for all
    isolate: false,
    sequence: { sequencer: LongFirst },
    // a hang is a failure, a busy machine is not: what is waited for is asked by expect.poll
    expect: { poll: { timeout: 60_000 } },
    // it names files of Next as a bundler finds them, and Node.js does not
    server: { deps: { inline: ['next-auth'] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,components,app,scripts,checks,fixtures,bench}/**/*.test.{ts,tsx,mjs}'],
          exclude: [...IGNORED, ...DATABASE_TESTS],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      database({ name: 'database', include: DATABASE_TESTS, exclude: [...IGNORED, ...PROCESS_TESTS] }),
      database({ name: 'processes', include: PROCESS_TESTS, exclude: IGNORED, isolate: true }),
    ],
  },
})

/** Tests on the real PostgreSQL. */
function database(test: { name: string; include: string[]; exclude: string[]; isolate?: boolean }) {
  const limits = { testTimeout: 180_000, hookTimeout: 180_000 }
  return { extends: true as const, test: { ...test, ...limits, globalSetup: ['checks/database.setup.mjs'] } }
}
