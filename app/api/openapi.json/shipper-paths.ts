/** The protocols of other products that shippers speak, as far as they are taken in. Their answers are those products' own. */

type Json = Record<string, unknown>

const NDJSON_BODY = {
  required: true,
  description: 'Content-Encoding gzip or deflate is allowed; 128 MiB unpacked at most.',
  content: { 'application/x-ndjson': { schema: { type: 'string' } } },
}

export function shipperPaths(): Json {
  return { ...elasticsearchPaths(), ...splunkPaths() }
}

const ELASTICSEARCH = '/api/ingest/elasticsearch'
const SPLUNK = '/api/ingest/splunk/services/collector'

function elasticsearchPaths(): Json {
  const bulk = (name: string, parameters: Json[] = []) => ({
    ...operation(
      name,
      'Store the documents of an Elasticsearch bulk body; also at the root, as /_bulk and /{index}/_bulk.',
    ),
    ...(parameters.length > 0 && { parameters }),
    requestBody: NDJSON_BODY,
    responses: elasticsearchResponses(
      'One item for each action, in its order: 201 is stored, 400 could not be read and says why',
    ),
  })
  return {
    [ELASTICSEARCH]: {
      get: {
        ...operation(
          'elasticsearchBanner',
          'The banner of an Elasticsearch cluster, also at / for clients that name a key or ask for JSON.',
        ),
        responses: elasticsearchResponses('Name and version'),
      },
    },
    [`${ELASTICSEARCH}/_bulk`]: { post: bulk('elasticsearchBulk'), put: bulk('elasticsearchPutBulk') },
    [`${ELASTICSEARCH}/{index}/_bulk`]: {
      post: bulk('elasticsearchIndexBulk', [segment('index')]),
      put: bulk('elasticsearchIndexPutBulk', [segment('index')]),
    },
    [`${ELASTICSEARCH}/{path}`]: {
      get: {
        ...operation(
          'elasticsearchQuestion',
          'What shippers ask of a cluster before they send (_license, _cluster/health, _cat/health, _ilm, templates, pipelines, nodes); also at the root.',
        ),
        parameters: [segment('path')],
        responses: elasticsearchResponses('Enough for them to go on'),
      },
      put: {
        ...operation(
          'elasticsearchSetUp',
          'What shippers set up before they send: acknowledged, for nothing needs setting up.',
        ),
        parameters: [segment('path')],
        responses: elasticsearchResponses('Acknowledged'),
      },
    },
  }
}

function splunkPaths(): Json {
  return {
    [`${SPLUNK}/{path}`]: {
      post: {
        ...operation(
          'splunkCollector',
          'Splunk’s HTTP Event Collector: the path is empty, event, event/1.0, raw or raw/1.0; also at the root, as /services/collector.',
        ),
        parameters: [segment('path')],
        requestBody: {
          ...NDJSON_BODY,
          content: { 'application/json': { schema: { type: 'string' } } },
        },
        responses: {
          '200': splunk('Everything that can be read is stored (code 0)'),
          '400': splunk('Codes 5, 6, 12, 13: the body holds no events, or an envelope is none'),
          '401': splunk('Codes 2 and 3: no key, or none that is known'),
          '403': splunk('Code 1: the key may not send events'),
          '413': splunk('Code 27: larger than what is taken'),
          '500': splunk('Code 8: a fault of ours; it was logged'),
          '503': splunk('Code 9: too much at once; come again after Retry-After seconds'),
        },
      },
      get: {
        operationId: 'splunkHealth',
        summary: 'With the path health or health/1.0: whether events can be taken in.',
        security: [],
        parameters: [segment('path')],
        responses: { '200': splunk('They can (code 17)'), '503': splunk('They cannot (code 18)') },
      },
    },
  }
}

function operation(operationId: string, summary: string): Json {
  return {
    operationId,
    summary,
    description:
      'A key needs the scope ingest. It is taken as Bearer, ApiKey, Basic (as the password) or Splunk.',
    security: [{ key: ['ingest'] }],
  }
}

function segment(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } }
}

function elasticsearchResponses(success: string): Json {
  const failed = (description: string) => ({
    description,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: { error: { type: 'object' }, status: { type: 'integer' } },
          required: ['error', 'status'],
        },
      },
    },
  })
  return {
    '200': { description: success, content: { 'application/json': { schema: { type: 'object' } } } },
    '400': failed('The request cannot be understood'),
    '401': failed('No key, or none that is known'),
    '403': failed('The key may not send events'),
    '413': failed('Larger than what is taken'),
    '415': failed('Packed in a way that is not read'),
    '429': failed('Too much at once: come again after Retry-After seconds'),
    '503': failed('A fault of ours; it was logged, and trying again loses nothing'),
  }
}

function splunk(description: string): Json {
  return {
    description,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: { text: { type: 'string' }, code: { type: 'integer' } },
          required: ['text', 'code'],
        },
      },
    },
  }
}
