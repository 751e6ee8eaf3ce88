import { anyLiteralRegex } from '../text/quote'
import { watchedImages, watchedOriginalNames } from '../watched'
import { type CollectionSource, collectionQuery } from './collection'

/** Falcon's event search (LogScale). */
export const FALCON: CollectionSource = {
  id: 'falcon',
  label: 'CrowdStrike Falcon',
  language: 'LogScale',
  queries: (watched, days) => [
    collectionQuery(
      '//',
      {
        name: 'process-rollup.logscale',
        about: `Starts of the binaries in the catalogue. Choose ${days} days in the time picker.`,
        columns: COLUMNS,
      },
      [
        '#event_simpleName=/^(Synthetic)?ProcessRollup2$/',
        `| ImageFileName=/(^|[\\x5c\\x2f])(${anyLiteralRegex(watchedImages(watched, 'windows'))})$/i OR OriginalFilename=/^(${anyLiteralRegex(watchedOriginalNames(watched))})$/i`,
        `| table([${COLUMNS.join(', ')}], limit=max, sortby=@timestamp, order=asc)`,
      ],
    ),
    collectionQuery(
      '//',
      {
        name: 'actions.logscale',
        about: 'Connections and DNS requests of those binaries.',
        columns: ACTIONS,
      },
      [
        '#event_simpleName=/^(NetworkConnectIP4|NetworkConnectIP6|DnsRequest)$/',
        `| ContextBaseFileName=/^(${anyLiteralRegex(watchedImages(watched, 'windows'))})$/i`,
        `| table([${ACTIONS.join(', ')}], limit=max, sortby=@timestamp, order=asc)`,
      ],
    ),
  ],
  caps: [
    'A table shows 200 rows unless it has a limit; limit=max is 20,000 in most versions, and what is beyond is dropped: ask an hour or a day at a time.',
    'For more, Falcon Data Replicator writes every event to a bucket, and its files are read as they are.',
  ],
  run: ['Investigate, Event search: run it, Export to file, JSON, and load the file under Imports.'],
}

const COLUMNS = [
  ...['@timestamp', '@id', '#event_simpleName', 'aid', 'ComputerName', 'ImageFileName', 'CommandLine'],
  ...['ParentBaseFileName', 'GrandParentBaseFileName', 'TargetProcessId', 'ParentProcessId', 'RawProcessId'],
  ...['ProcessStartTime', 'UserSid', 'UserName', 'IntegrityLevel', 'AuthenticationId'],
  ...['MD5HashData', 'SHA1HashData', 'SHA256HashData', 'OriginalFilename'],
]
const ACTIONS = [
  ...[
    '@timestamp',
    '@id',
    '#event_simpleName',
    'aid',
    'ComputerName',
    'ContextProcessId',
    'ContextBaseFileName',
  ],
  ...['Protocol', 'ConnectionDirection', 'LocalAddressIP4', 'LocalAddressIP6', 'LocalPort'],
  ...['RemoteAddressIP4', 'RemoteAddressIP6', 'RemotePort', 'DomainName', 'IP4Records', 'IP6Records'],
]
