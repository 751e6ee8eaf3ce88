/** Who may import whom (docs: ARCHITECTURE.md), as data. Type-only imports count. */

/** The pipeline's stages, in order: each may import itself and earlier stages only. */
const STAGES = [
  'event',
  'parse',
  'normalise',
  'catalogue',
  'baseline',
  'sigma',
  'deviation',
  'decision',
  'export',
]

/** Folder → what it may import besides itself. `@ui` and `@server` name the shared root files of lib/. */
const MAY_IMPORT = {
  'lib/pipeline': ['lib/errors.ts'],
  'lib/store': ['lib/pipeline', '@server'],
  'lib/access': ['lib/pipeline', 'lib/store', '@server'],
  'lib/operations': ['lib/pipeline', 'lib/store', 'lib/access', '@server'],
  'lib/http': ['lib/pipeline', 'lib/access', '@server'],
  components: ['lib/pipeline', 'lib/errors.ts'],
  app: [
    'lib/pipeline',
    'lib/store/screens',
    'lib/store/exports',
    'lib/operations',
    'lib/access',
    'lib/http',
    'components',
    '@server',
  ],
  worker: ['lib/operations', 'lib/pipeline/actor.ts', '@server'],
  cli: ['lib/pipeline', 'lib/store', 'lib/operations', 'prisma/seed', '@server'],
  prisma: ['lib/operations', 'lib/pipeline', 'fixtures', '@server'],
  fixtures: ['lib/pipeline'],
  e2e: [
    'prisma/seed',
    'fixtures',
    'lib/access/entrances.ts',
    'lib/pipeline/actor.ts',
    'lib/pipeline/decision/permissions.ts',
    'lib/store/pool.ts',
  ],
  bench: ['lib/pipeline', 'lib/store', 'lib/operations', 'prisma/seed', 'fixtures', '@server'],
}
const SERVER_FILES = [
  'lib/errors.ts',
  'lib/env.ts',
  'lib/clock.ts',
  'lib/log.ts',
  'lib/priority.ts',
  'lib/pages-under-way.ts',
]
const OUR_CODE = '^(app|components|lib|worker|cli|e2e|bench|prisma|fixtures|scripts|checks)/'
const TEST = '\\.(test|bench)\\.tsx?$'

const asPattern = (place) => (place.endsWith('.ts') ? `^${place.replaceAll('.', '\\.')}$` : `^${place}/`)
const expand = (place) => (place === '@server' ? SERVER_FILES : [place])

const stageOrder = STAGES.slice(0, -1).map((stage, index) => {
  const later = STAGES.slice(index + 1)
  return {
    name: `stage-order-${stage}`,
    comment: `${stage} runs before ${later.join(', ')} and must not know them`,
    severity: 'error',
    from: { path: `^lib/pipeline/${stage}/` },
    to: { path: `^lib/pipeline/(${later.join('|')})/` },
  }
})

/** Tests of any layer may read the small inputs beside their expected outputs, and use a database of their own. */
const FOR_TESTS = ['fixtures', 'lib/store/test-database.ts']

const layers = Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) => {
  const places = allowed.flatMap(expand)
  const rule = (name, from, may) => ({
    name,
    comment: `${folder} may import only itself and ${may.join(', ') || 'nothing'}`,
    severity: 'error',
    from,
    to: { path: OUR_CODE, pathNot: [folder, ...may].map(asPattern) },
  })
  const name = `layer-${folder.replace('/', '-')}`
  return [
    rule(name, { path: `^${folder}/`, pathNot: TEST }, places),
    rule(`${name}-tests`, { path: `^${folder}/.*${TEST}` }, [...places, ...FOR_TESTS]),
  ]
})

/** Package → the only places that may import it. */
const onlyIn = (name, packages, places) => ({
  name,
  comment: `only ${places.join(', ')} may import ${packages.join(', ')}`,
  severity: 'error',
  from: { path: OUR_CODE, pathNot: places.map(asPattern) },
  to: { path: `node_modules/(${packages.join('|')})/` },
})

module.exports = {
  forbidden: [
    ...stageOrder,
    ...layers,
    {
      name: 'shared-vocabulary-knows-no-stage',
      comment: 'files beside the stages (actor.ts) are used by all of them',
      severity: 'error',
      from: { path: '^lib/pipeline/[^/]+\\.ts$' },
      to: { path: `^lib/pipeline/(${STAGES.join('|')})/` },
    },
    {
      name: 'shared-files-stand-alone',
      comment:
        'errors, env, clock, log, priority and pages under way are imported by every layer and import none',
      severity: 'error',
      from: { path: '^lib/[^/]+\\.ts$', pathNot: TEST },
      to: { path: '^(app|components|worker|cli|e2e|bench|prisma|fixtures|lib/[^/]+)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    onlyIn(
      'only-store-knows-prisma',
      ['@prisma', 'pg', 'pg-copy-streams', 'pg-query-stream', 'sql-template-tag'],
      ['lib/store', 'prisma', 'scripts'],
    ),
    onlyIn('only-table-knows-tanstack', ['@tanstack'], ['components/table']),
    onlyIn('only-chart-knows-recharts', ['recharts'], ['components/chart']),
    {
      name: 'generated-client-stays-in-store',
      severity: 'error',
      from: { pathNot: '^(lib/store|prisma)/' },
      to: { path: '^lib/store/generated/' },
    },
    {
      name: 'pipeline-is-pure',
      comment: 'no I/O: of the platform, only buffer and util (and hash.ts: crypto)',
      severity: 'error',
      from: { path: '^lib/pipeline/', pathNot: TEST },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(buffer|util|crypto)$' },
    },
    {
      name: 'pipeline-only-hashes',
      comment: 'a content hash is a pure function; keys and random numbers are not',
      severity: 'error',
      from: { path: '^lib/pipeline/', pathNot: [TEST, '^lib/pipeline/hash\\.ts$'] },
      to: { path: '^(node:)?crypto$' },
    },
    {
      name: 'pipeline-has-no-framework',
      comment: 'of npm, only parsers of formats, notations and names, and zod',
      severity: 'error',
      from: { path: '^lib/pipeline/', pathNot: TEST },
      to: {
        path: 'node_modules/',
        pathNot: 'node_modules/(csv-parse|ipaddr\\.js|re2js|saxes|tldts|tldts-core|yaml|zod|@types/node)/',
      },
    },
    {
      name: 'ui-knows-no-domain',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^(lib|components/(?!ui/))' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '^lib/store/generated'] },
    exclude: { path: '^(\\.next|dist|\\.cordon)/' },
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      // what is imported without one is ours: the twenty others that are tried before are looked for a hundred thousand times
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
      cachedInputFileSystem: { cacheDuration: 60_000 },
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
