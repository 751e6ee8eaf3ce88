import { answer, FAILURES, type Json, operation, text } from './parts'
import { Health } from './schemas'

/** For those who watch over the installation. */
export function operationPaths(): Json {
  return {
    '/api/health': {
      get: {
        operationId: 'health',
        summary: 'Whether the pages can be served, and why not.',
        security: [],
        parameters: [
          {
            name: 'check',
            in: 'query',
            description: '`live`: only whether this process answers',
            schema: { type: 'string', enum: ['live'] },
          },
        ],
        responses: {
          '200': answer('They can', Health),
          '503': answer('The database does not answer', Health),
        },
      },
    },
    '/api/metrics': {
      get: {
        ...operation('metrics', 'Figures of this process and of the installation, for Prometheus.', 'read'),
        responses: {
          '200': text("Prometheus' text format, version 0.0.4", 'text/plain'),
          ...FAILURES,
        },
      },
    },
    '/api/openapi.json': {
      get: {
        operationId: 'openApi',
        summary: 'This document.',
        security: [],
        responses: {
          '200': {
            description: 'OpenAPI 3.1',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
        },
      },
    },
  }
}
