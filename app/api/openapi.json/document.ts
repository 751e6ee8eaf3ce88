import { z } from 'zod'
import { REPORT_NAMES, ReportQuery } from '@/app/(app)/reports/load-report'
import { UploadStatus } from '@/app/api/ingest/v1/uploads/[id]/upload-status'
import {
  PieceQuery,
  PieceReceived,
  ResumableQuery,
  ResumableUpload,
  UploadQuery,
} from '@/app/api/ingest/v1/uploads/upload-query'
import { ExportQuery } from '@/app/api/policies/[set]/export-query'
import { SearchAnswer, SearchQuery } from '@/app/api/search/search-contract'
import { EXPORT_SETS } from '@/lib/operations/policies/download-policies'
import { EXPORT_NAMES, exportFilters, SORTED_BY_TIME } from '@/lib/store/exports/registry'
import { adminPaths } from './admin-paths'
import { operationPaths } from './operation-paths'
import { pagePaths } from './page-paths'
import {
  answer,
  FAILURES,
  FILE_BODY,
  file,
  type Json,
  operation,
  pathParameter,
  queryParameters,
  text,
} from './parts'
import { EventsAnswer, Failure, UploadAccepted } from './schemas'
import { shipperPaths } from './shipper-paths'

const NOT_FOUND = { '404': answer('There is none, or it is outside what you may see', Failure) }

/** The HTTP interface as an OpenAPI 3.1 document; what a handler checks, it checks with the schema shown here. */
export function openApiDocument(version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cordon',
      version,
      description: 'Send event logs, follow what becomes of them, and export what is known. Times are UTC.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: {
      ...ingestPaths(),
      ...shipperPaths(),
      ...readPaths(),
      ...adminPaths(),
      ...operationPaths(),
      ...pagePaths(),
    },
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key from the settings; each has scopes.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'cordon-session',
          description: 'Signed in to the pages; over TLS its name is `__Host-cordon-session`.',
        },
      },
    },
  }
}

function ingestPaths(): Json {
  return {
    '/api/ingest/v1/events': {
      post: {
        ...operation(
          'sendEvents',
          'Store events: one JSON record a line. Answers after they are committed.',
          'ingest',
        ),
        security: [{ key: ['ingest'] }],
        requestBody: {
          required: true,
          description:
            'Records as winlogbeat or nxlog write them; Content-Encoding gzip is allowed. Sending one twice stores it once.',
          content: { 'application/x-ndjson': { schema: { type: 'string' } } },
        },
        responses: { '200': answer('Everything counted here is stored', EventsAnswer), ...FAILURES },
      },
    },
    '/api/ingest/v1/uploads': {
      post: {
        ...operation(
          'uploadFile',
          'Take in a file of any format that Cordon reads, to be read in the background.',
          'ingest',
        ),
        parameters: queryParameters(UploadQuery),
        requestBody: FILE_BODY,
        responses: { '202': answer('Received and waiting to be read', UploadAccepted), ...FAILURES },
      },
    },
    ...resumablePaths(),
  }
}

function resumablePaths(): Json {
  const id = pathParameter('id', z.uuid())
  return {
    '/api/ingest/v1/uploads/resumable': {
      post: {
        ...operation(
          'openUpload',
          'Open an upload whose bytes come in pieces; the same file again goes on with what has arrived.',
          'ingest',
        ),
        parameters: queryParameters(ResumableQuery),
        responses: { '201': answer('Send its pieces', ResumableUpload), ...FAILURES },
      },
    },
    '/api/ingest/v1/uploads/{id}': {
      get: {
        ...operation('getUpload', 'How far the reading of an upload is, then its result.', 'ingest'),
        parameters: [id],
        responses: { '200': answer('Progress or result', UploadStatus), ...FAILURES, ...NOT_FOUND },
      },
      patch: {
        ...operation(
          'sendPiece',
          'The next bytes of an upload that was opened. Each whole MiB is stored as it arrives: after a broken connection, go on from what was received.',
          'ingest',
        ),
        parameters: [id, ...queryParameters(PieceQuery)],
        requestBody: FILE_BODY,
        responses: {
          '200': answer('Stored', PieceReceived),
          '409': answer('The upload is over, or the offset is not where it stands', Failure),
          ...FAILURES,
          ...NOT_FOUND,
        },
      },
      delete: {
        ...operation(
          'cancelUpload',
          'Stop an upload. What was read of it stays, the rest is not read.',
          'ingest',
        ),
        parameters: [id],
        responses: {
          '204': { description: 'Cancelled' },
          '409': answer('It is over already, or there is none, or it is somebody else’s', Failure),
          ...FAILURES,
        },
      },
    },
  }
}

function readPaths(): Json {
  return {
    '/api/exports/{name}': {
      get: {
        ...operation('export', 'A list as CSV, filtered by the same query as its page; streamed.', 'export'),
        parameters: [
          pathParameter('name', z.enum(EXPORT_NAMES.map((name) => `${name}.csv`))),
          ...queryParameters(z.object({ gzip: z.literal('1').optional().describe('Answer a .gz file') })),
          ...filterParameters(),
          ORDER_PARAMETER,
        ],
        responses: {
          '200': file('Rows with a header, safe to open in a spreadsheet', 'text/csv', 'application/gzip'),
          ...FAILURES,
          ...NOT_FOUND,
        },
      },
    },
    ...rejectionPaths(),
    '/api/reports/{name}': {
      get: {
        ...operation('report', 'A report as its page shows it, as a PDF.', 'export'),
        parameters: [
          pathParameter('name', z.enum(REPORT_NAMES.map((name) => `${name}.pdf`))),
          ...queryParameters(ReportQuery),
        ],
        responses: {
          '200': file('The report', 'application/pdf'),
          ...NOT_FOUND,
          ...FAILURES,
        },
      },
    },
    '/api/policies/{set}': {
      get: {
        ...operation(
          'exportPolicies',
          'What decisions become for each control, detections of what is unusual, or what collects logs: a zip, or one file of it. The download is on the audit log.',
          'export',
        ),
        parameters: [pathParameter('set', z.enum(EXPORT_SETS)), ...queryParameters(ExportQuery)],
        responses: {
          '200': file(
            'The files, or the one that was asked for',
            'application/zip',
            'application/octet-stream',
          ),
          ...NOT_FOUND,
          ...FAILURES,
        },
      },
    },
    '/api/search': {
      get: {
        ...operation('search', 'Hosts, binaries, deviations and decisions by a part of their name.', 'read'),
        parameters: queryParameters(SearchQuery),
        responses: { '200': answer('At most 30', SearchAnswer), ...FAILURES },
      },
    },
  }
}

function rejectionPaths(): Json {
  return {
    '/api/imports/{id}/rejections.csv': {
      get: {
        ...operation(
          'exportRejections',
          'The records of an upload that could not be read, with their reasons.',
          'export',
        ),
        parameters: [
          pathParameter('id', z.uuid()),
          ...queryParameters(
            z.object({
              q: z.string().optional().describe('Reasons with this text'),
              file: z.string().optional().describe('Of one file, by its id'),
            }),
          ),
        ],
        responses: {
          '200': text('file, position, record_id, reason', 'text/csv'),
          ...FAILURES,
          ...NOT_FOUND,
        },
      },
    },
  }
}

const FILTER_WORDS: Readonly<Record<string, string>> = {
  q: 'The search field of the page. ',
  from: 'A day, or a time (UTC where it names no zone; where days are counted, its day). ',
  to: 'The last day, or a time that is left out itself. ',
  days: 'So many days back from the newest data. ',
}

const ORDER_PARAMETER: Json = {
  name: 'sort',
  in: 'query',
  required: false,
  schema: {
    type: 'string',
    enum: ['time', '-time'],
    default: '-time',
    description: `time: oldest first. Of ${SORTED_BY_TIME.join(', ')}`,
  },
}

/** Filters of the exports; one that may be given again asks for any of its values. */
function filterParameters(): Json[] {
  return [...exportFilters()].map(([name, exports]) => ({
    name,
    in: 'query',
    required: false,
    schema: {
      type: 'array',
      items: { type: 'string' },
      description: `${FILTER_WORDS[name] ?? ''}Of ${exports.join(', ')}`,
    },
  }))
}
