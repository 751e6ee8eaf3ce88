import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = process.cwd()

/** Rule → a file that breaks it: where it stands, and what it imports. */
const VIOLATIONS: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['stage-order-event', 'lib/pipeline/event/a.ts', '@/lib/pipeline/parse/target'],
  ['stage-order-parse', 'lib/pipeline/parse/a.ts', '@/lib/pipeline/normalise/target'],
  ['stage-order-normalise', 'lib/pipeline/normalise/a.ts', '@/lib/pipeline/catalogue/target'],
  ['stage-order-catalogue', 'lib/pipeline/catalogue/a.ts', '@/lib/pipeline/baseline/target'],
  ['stage-order-baseline', 'lib/pipeline/baseline/a.ts', '@/lib/pipeline/deviation/target'],
  ['stage-order-deviation', 'lib/pipeline/deviation/a.ts', '@/lib/pipeline/decision/target'],
  ['stage-order-decision', 'lib/pipeline/decision/a.ts', '@/lib/pipeline/export/target'],
  ['shared-vocabulary-knows-no-stage', 'lib/pipeline/a.ts', '@/lib/pipeline/event/target'],
  ['shared-files-stand-alone', 'lib/a.ts', '@/lib/store/target'],
  ['layer-lib-pipeline', 'lib/pipeline/event/b.ts', '@/lib/store/target'],
  ['layer-lib-pipeline-tests', 'lib/pipeline/event/b.test.ts', '@/lib/operations/target'],
  ['layer-lib-store', 'lib/store/a.ts', '@/lib/operations/target'],
  ['layer-lib-access', 'lib/access/a.ts', '@/lib/operations/target'],
  ['layer-lib-operations', 'lib/operations/a.ts', '@/components/target'],
  ['layer-lib-http', 'lib/http/a.ts', '@/lib/operations/target'],
  ['layer-components', 'components/a.ts', '@/lib/store/target'],
  ['layer-app', 'app/a.ts', '@/lib/store/target'],
  ['layer-worker', 'worker/a.ts', '@/lib/store/target'],
  ['layer-cli', 'cli/a.ts', '@/components/target'],
  ['layer-e2e', 'e2e/a.ts', '@/lib/operations/target'],
  ['layer-prisma', 'prisma/seed/a.ts', '@/lib/store/target'],
  ['only-store-knows-prisma', 'lib/operations/b.ts', 'pg'],
  ['generated-client-stays-in-store', 'lib/operations/c.ts', '@/lib/store/generated/target'],
  ['only-table-knows-tanstack', 'components/ui/a.ts', '@tanstack/react-table'],
  ['only-chart-knows-recharts', 'components/table/a.ts', 'recharts'],
  ['ui-knows-no-domain', 'components/ui/b.ts', '@/lib/pipeline/event/target'],
  ['pipeline-is-pure', 'lib/pipeline/parse/b.ts', 'node:fs'],
  ['pipeline-only-hashes', 'lib/pipeline/parse/c.ts', 'node:crypto'],
  ['pipeline-has-no-framework', 'lib/pipeline/parse/d.ts', 'next/server'],
]
const TARGETS = [
  ...['event', 'parse', 'normalise', 'catalogue', 'baseline', 'deviation', 'decision', 'export'].map(
    (stage) => `lib/pipeline/${stage}/target.ts`,
  ),
  'lib/store/target.ts',
  'lib/store/generated/target.ts',
  'lib/operations/target.ts',
  'components/target.ts',
]

let folder: string
const run = promisify(execFile)

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordon-architecture-'))
  const configs = ['.dependency-cruiser.cjs', 'tsconfig.json', 'biome.jsonc', '.gitignore', 'package.json']
  await Promise.all(configs.map((name) => cp(path.join(ROOT, name), path.join(folder, name))))
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function plant(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
  await writeFile(path.join(folder, file), text)
}

/** A program that reports what it finds on stdout and fails when it finds something. */
async function report(program: string, args: string[]): Promise<{ failed: boolean; output: string }> {
  const file = path.join(ROOT, 'node_modules', program)
  try {
    const { stdout } = await run(process.execPath, [file, ...args], { cwd: folder, maxBuffer: 50_000_000 })
    return { failed: false, output: stdout }
  } catch (error) {
    return { failed: true, output: (error as { stdout: string }).stdout }
  }
}

type Found = { rule: { name: string }; from: string }

async function findViolations(): Promise<{ failed: boolean; found: Found[] }> {
  const folders = ['app', 'components', 'lib', 'worker', 'cli', 'e2e', 'prisma']
  const args = [...folders, '--config', '.dependency-cruiser.cjs', '--output-type']
  const { failed } = await report('dependency-cruiser/bin/dependency-cruise.mjs', [...args, 'err'])
  const { output } = await report('dependency-cruiser/bin/dependency-cruise.mjs', [...args, 'json'])
  return { failed, found: JSON.parse(output).summary.violations }
}

describe('a planted violation of the import rules fails the check', () => {
  let result: Awaited<ReturnType<typeof findViolations>>
  beforeAll(async () => {
    for (const target of TARGETS) await plant(target, 'export type Target = string\n')
    await plant('lib/store/hen.ts', "import type { Egg } from './egg'\nexport type Hen = { lays: Egg }\n")
    await plant('lib/store/egg.ts', "import type { Hen } from './hen'\nexport type Egg = { becomes: Hen }\n")
    for (const [, file, imports] of VIOLATIONS)
      await plant(
        file,
        `import type { Target } from '${imports}'\nexport type Target = string\nexport type A = Target\n`,
      )
    result = await findViolations()
  }, 60_000)

  test('the check as a whole fails', () => {
    expect(result.failed).toBe(true)
  })
  test('no-cycles catches two files that import each other', () => {
    expect(result.found.find(({ rule }) => rule.name === 'no-cycles')?.from).toMatch(
      /^lib\/store\/(hen|egg)\.ts$/,
    )
  })
  test.each(VIOLATIONS)('%s catches %s importing %s, even only a type', (rule, file) => {
    expect(result.found.map(({ rule: { name }, from }) => `${name} ${from}`)).toContain(`${rule} ${file}`)
  })
})

describe('a planted violation of the style rules fails the check', () => {
  test.each([
    ['noDefaultExport', 'export default 1\n'],
    ['noExplicitAny', 'export const a: any = 1\n'],
    ['noNonNullAssertion', 'export const first = (list: string[]) => list[0]!\n'],
    ['noProcessEnv', 'export const a = process.env["A"]\n'],
    ['noEnum', 'export enum A {\n  B = 1,\n}\n'],
    ['useConsistentTypeDefinitions', 'export interface A {\n  b: string\n}\n'],
    ['noExcessiveLinesPerFile', 'export const a = [\n'.concat('  1,\n'.repeat(400), ']\n')],
  ])('%s', async (rule, text) => {
    const file = `lib/style/${rule.toLowerCase()}.ts`
    await plant(file, text)
    const { failed, output } = await report('@biomejs/biome/bin/biome', [
      'lint',
      '--vcs-enabled=false',
      '--reporter=json',
      file,
    ])
    expect(failed).toBe(true)
    expect(output).toContain(`/${rule}`)
  })
  test('a file that is not kebab-case', async () => {
    await plant('lib/style/notKebab.ts', 'export const a = 1\n')
    const { failed, output } = await report('@biomejs/biome/bin/biome', [
      'lint',
      '--vcs-enabled=false',
      '--reporter=json',
      'lib/style/notKebab.ts',
    ])
    expect(failed).toBe(true)
    expect(output).toContain('useFilenamingConvention')
  })
})
