import type { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { attachment, CSV } from '@/lib/http/attachment'
import { handler } from '@/lib/http/handler'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { EXPORT_NAMES, type ExportName, exportCsv, isExportName } from '@/lib/store/exports/registry'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { toSearchParams } from '@/lib/store/screens/table-request'

export const dynamic = 'force-dynamic'

/** GET /api/exports/{name}.csv with the filters of the page; `gzip=1` packs it. */
export const GET = handler({
  action: 'export',
  costly: 'file',
  params: z.object({ name: z.string().max(100) }),
  run: async ({ actor, request, params }) => {
    const name = toExportName(params.name)
    if (name === 'audit') requirePermission(actor, 'view-audit')
    const search = new URL(request.url).searchParams
    const exporter = { scope: actor.scope, judge: judgeOf(actor) }
    const csv = await exportCsv(name, exporter, toSearchParams(search))
    return search.get('gzip') === '1'
      ? attachment(pack(csv), 'application/gzip', `${fileName(name, search)}.gz`)
      : attachment(csv, CSV, fileName(name, search))
  },
})

/** What lists the deeds of one binary is named after it: downloads of several lie side by side. */
const OF_BINARY: ReadonlySet<ExportName> = new Set(['modules', 'destinations', 'programs'])

function fileName(name: ExportName, search: URLSearchParams): string {
  const [binary, ...others] = search.getAll('binary')
  const isOne = binary !== undefined && others.length === 0 && /^[\w.-]{1,100}$/.test(binary)
  return isOne && OF_BINARY.has(name) ? `${name}-${binary}.csv` : `${name}.csv`
}

const EXPORT_FILES = EXPORT_NAMES.map((name) => `${name}.csv`).join(', ')

function toExportName(file: string): ExportName {
  const name = file.endsWith('.csv') ? file.slice(0, -'.csv'.length) : ''
  if (!isExportName(name))
    throw new ExpectedError('not-found', `There is no such export. There are: ${EXPORT_FILES}.`)
  return name
}

/** Either side's end ends the other: a reader who leaves stops the query. */
function pack(csv: Readable): Readable {
  const gzip = createGzip()
  gzip.once('close', () => csv.destroy())
  csv.once('error', (error) => gzip.destroy(error))
  return csv.pipe(gzip)
}
