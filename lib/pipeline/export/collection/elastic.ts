import { eqlText } from '../text/quote'
import { watchedImages, watchedOriginalNames } from '../watched'
import { type CollectionSource, collectionQuery } from './collection'

/** Elastic: events in the Elastic Common Schema, of Elastic Defend or winlogbeat. */
export const ELASTIC: CollectionSource = {
  id: 'elastic',
  label: 'Elastic',
  language: 'EQL',
  queries: (watched, days) => {
    const names = `process.name : (${list(watchedImages(watched, 'windows'))})`
    const originals = `process.pe.original_file_name : (${list(watchedOriginalNames(watched))})`
    return [
      collectionQuery(
        '//',
        {
          name: 'process-start.eql',
          about: 'Starts of the binaries in the catalogue, by file name or original name.',
          columns: COLUMNS,
        },
        [
          'process where event.type == "start"',
          `  and @timestamp >= "now-${days}d"`,
          `  and (${names}`,
          `    or ${originals})`,
        ],
      ),
    ]
  },
  caps: [
    'EQL returns 10 events unless size says otherwise, and 10,000 at most: ask in shorter spans, or take the raw index with elasticdump or a scroll.',
    'Discover’s CSV stops at xpack.reporting.csv.maxSizeBytes, with a notice.',
  ],
  run: [
    'POST /logs-*,winlogbeat-*/_eql/search?filter_path=hits.events._source with {"size": 10000, "query": …}; load the answer under Imports.',
    'Better: let winlogbeat or Elastic Agent send here as well (API keys in the settings).',
  ],
}

function list(names: readonly string[]): string {
  return names.map(eqlText).join(', ')
}

/** Fields of each event's _source that Cordon reads. */
const COLUMNS = [
  ...[
    '@timestamp',
    'event.category',
    'event.type',
    'event.id',
    'host.name',
    'user.name',
    'user.domain',
    'user.id',
  ],
  ...[
    'process.executable',
    'process.command_line',
    'process.pid',
    'process.entity_id',
    'process.pe.original_file_name',
  ],
  ...[
    'process.hash.sha256',
    'process.parent.executable',
    'process.parent.command_line',
    'process.parent.pid',
  ],
  'process.parent.entity_id',
]
