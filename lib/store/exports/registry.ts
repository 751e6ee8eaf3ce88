import { ExpectedError } from '@/lib/errors'
import type { Scope } from '@/lib/pipeline/actor'
import { DETAIL_DAYS, LIST_DAYS } from '@/lib/pipeline/periods'
import { ATTEMPT_FILTERS } from '@/lib/store/screens/attempts'
import { AUDIT_FILTERS } from '@/lib/store/screens/audit'
import { BINARY_FILTERS } from '@/lib/store/screens/binaries'
import { findDataSpan, requestedWindow } from '@/lib/store/screens/data-window'
import type { Judge } from '@/lib/store/screens/decision/awaiting'
import { DECISION_FILTERS } from '@/lib/store/screens/decisions'
import { DEVIATION_FILTERS } from '@/lib/store/screens/deviations/filter'
import { EXECUTION_FILTERS, toExecutionFilter } from '@/lib/store/screens/executions/filter'
import { resolveFilter } from '@/lib/store/screens/executions/resolve-filter'
import { HOST_FILTERS } from '@/lib/store/screens/hosts'
import { UPLOAD_FILTERS } from '@/lib/store/screens/imports'
import { parseTableRequest, type SearchParams, type TableRequest } from '@/lib/store/screens/table-request'
import type { Sql } from '@/lib/store/sql'
import { destinationsQuery, modulesQuery, programsQuery, toCountsAs, toFolder } from './actions'
import { attemptsQuery } from './attempts'
import { copyOut } from './copy-out'
import { coverageQuery } from './coverage'
import type { CsvLines } from './csv-lines'
import { executionsQuery } from './executions'
import { importsQuery } from './imports'
import type { ToField } from './last-field'
import { baselinesQuery, binariesQuery, hostsQuery } from './use'
import { auditQuery, decisionsQuery, deviationsQuery } from './work'

/** Who exports: what they see, and what awaits them (null for a key). */
export type Exporter = { scope: Scope; judge: Judge | null }

type Export = {
  /** Names of its filters in the URL: those of its page. */
  filters: readonly string[]
  query: (exporter: Exporter, asked: TableRequest) => Promise<Sql> | Sql
  /** What its last field is made into, where PostgreSQL does not know. */
  toField?: ToField
}

const PERIOD = ['from', 'to', 'days'] as const

/** What an export of use looks back over where the URL does not say: as its page does. */
async function windowOf({ scope }: Exporter, asked: TableRequest, days = LIST_DAYS) {
  const span = await findDataSpan(scope)
  return span && requestedWindow(span, asked, days)
}

const EXPORTS = {
  executions: {
    filters: EXECUTION_FILTERS,
    query: async ({ scope }, asked) => {
      const span = await findDataSpan(scope)
      return executionsQuery(scope, await resolveFilter(scope, toExecutionFilter(asked, span?.to ?? null)))
    },
  },
  baselines: {
    filters: ['binary', 'host', 'group', ...PERIOD],
    query: async (exporter, asked) =>
      baselinesQuery(exporter.scope, asked, await windowOf(exporter, asked, DETAIL_DAYS)),
  },
  binaries: {
    filters: BINARY_FILTERS,
    query: async (exporter, asked) => binariesQuery(exporter.scope, asked, await windowOf(exporter, asked)),
  },
  deviations: { filters: DEVIATION_FILTERS, query: ({ scope }, asked) => deviationsQuery(scope, asked) },
  decisions: {
    filters: DECISION_FILTERS,
    query: ({ scope, judge }, asked) => decisionsQuery(scope, asked, judge),
  },
  hosts: {
    filters: HOST_FILTERS,
    query: async (exporter, asked) => hostsQuery(exporter.scope, asked, await windowOf(exporter, asked)),
  },
  coverage: {
    filters: ['host', ...PERIOD],
    query: async (exporter, asked) =>
      coverageQuery(exporter.scope, asked, await windowOf(exporter, asked, DETAIL_DAYS)),
  },
  modules: {
    filters: ['binary', 'host', 'group', ...PERIOD],
    query: async (exporter, asked) =>
      modulesQuery(exporter.scope, asked, await windowOf(exporter, asked, DETAIL_DAYS)),
    toField: toFolder,
  },
  destinations: {
    filters: ['binary', 'host', 'group', ...PERIOD],
    query: async (exporter, asked) =>
      destinationsQuery(exporter.scope, asked, await windowOf(exporter, asked, DETAIL_DAYS)),
    toField: toCountsAs,
  },
  programs: {
    filters: ['binary', 'host', 'group', ...PERIOD],
    query: async (exporter, asked) =>
      programsQuery(exporter.scope, asked, await windowOf(exporter, asked, DETAIL_DAYS)),
    toField: toFolder,
  },
  attempts: { filters: ATTEMPT_FILTERS, query: ({ scope }, asked) => attemptsQuery(scope, asked) },
  imports: {
    filters: UPLOAD_FILTERS,
    query: ({ scope, judge }, asked) => importsQuery({ scope, actorId: judge?.accountId ?? null }, asked),
  },
  audit: { filters: AUDIT_FILTERS, query: (_exporter, asked) => auditQuery(asked) },
} as const satisfies Record<string, Export>

export type ExportName = keyof typeof EXPORTS
export const EXPORT_NAMES = Object.keys(EXPORTS) as ExportName[]

/** Whether there is an export of that name. */
export function isExportName(name: string): name is ExportName {
  return Object.hasOwn(EXPORTS, name)
}

/** Every filter by its name in the address, with the exports that have it. */
export function exportFilters(): Map<string, ExportName[]> {
  const found = new Map<string, ExportName[]>()
  for (const name of EXPORT_NAMES)
    for (const filter of new Set(filtersOf(name))) found.set(filter, [...(found.get(filter) ?? []), name])
  return found
}

function filtersOf(name: ExportName): readonly string[] {
  return ['q', ...EXPORTS[name].filters]
}

/** What pages keep in their URL besides filters. */
const NO_FILTERS: readonly string[] = ['page', 'size', 'sort', 'columns', 'after', 'gzip', 'open']

/**
 * The filters in the address of a page (whole, or what follows its question mark) as a query string of just them; '' = none.
 * @throws ExpectedError 'invalid-input' naming what is no filter of this export
 */
export function readExportFilters(name: ExportName, address: string): string {
  const asked = new URLSearchParams(address.slice(address.indexOf('?') + 1).replace(/#.*$/s, ''))
  // which way round a list by time is read counts, any other order does not
  const known = [...filtersOf(name), ...(SORTED_BY_TIME.some((one) => one === name) ? ['sort'] : [])]
  const kept = [...asked].filter(
    ([key, value]) => value !== '' && (known.includes(key) || !NO_FILTERS.includes(key)),
  )
  const unknown = kept.find(([key]) => !known.includes(key))
  if (unknown !== undefined)
    throw new ExpectedError(
      'invalid-input',
      `"${unknown[0]}" is no filter of this table. It has: ${known.join(', ')}.`,
    )
  return new URLSearchParams(kept).toString()
}

/** Lists by time are the ones whose order the address may turn round. */
export const SORTED_BY_TIME = ['executions', 'attempts', 'audit'] as const satisfies readonly ExportName[]

/** What an export asks, filtered as its page with the same URL, lists by time in its order too. */
export async function exportQuery(name: ExportName, exporter: Exporter, params: SearchParams): Promise<Sql> {
  const { filters, query }: Export = EXPORTS[name]
  return await query(exporter, parseTableRequest(params, { sorts: ['time'], defaultSort: 'time', filters }))
}

/** An export as a stream of CSV, filtered as its page with the same URL. */
export async function exportCsv(
  name: ExportName,
  exporter: Exporter,
  params: SearchParams,
): Promise<CsvLines> {
  const { toField }: Export = EXPORTS[name]
  return await copyOut(await exportQuery(name, exporter, params), toField)
}
