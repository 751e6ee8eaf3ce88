import { kqlIn } from '../text/quote'
import { type Watched, watchedImages, watchedOriginalNames } from '../watched'
import { type CollectionQuery, type CollectionSource, collectionQuery } from './collection'

const INITIATING = ['InitiatingProcessId', 'InitiatingProcessFolderPath', 'InitiatingProcessFileName']
const HASHES = ['MD5', 'SHA1', 'SHA256']

/** Microsoft Defender XDR, advanced hunting. */
export const DEFENDER: CollectionSource = {
  id: 'defender',
  label: 'Microsoft Defender XDR',
  language: 'KQL',
  queries: (watched, days) => [processes(watched, days), modules(watched, days), connections(watched, days)],
  caps: [
    'The portal and the API return at most 100,000 rows and say nothing of the rest: ask a day at a time where a query comes near it.',
    'Advanced hunting reaches back 30 days.',
  ],
  run: [
    'Defender portal, Hunting, Advanced hunting: run each query, Export, and load the CSV files under Imports.',
    'Or stream the tables to a storage account or event hub (streaming API): those records are read as they are.',
  ],
}

function query(
  name: string,
  about: string,
  columns: readonly string[],
  lines: readonly string[],
): CollectionQuery {
  const shown = [`| project ${columns.join(', ')}`, '| sort by Timestamp asc']
  return collectionQuery('//', { name, about, columns }, [...lines, ...shown])
}

function processes(watched: Watched, days: number): CollectionQuery {
  const columns = [
    ...['Timestamp', 'ReportId', 'DeviceName', 'ActionType', 'FolderPath', 'FileName', 'ProcessId'],
    ...['ProcessCommandLine', 'ProcessVersionInfoOriginalFileName', 'ProcessIntegrityLevel', 'LogonId'],
    ...['AccountDomain', 'AccountName', 'AccountSid', ...HASHES],
    ...[...INITIATING, 'InitiatingProcessCommandLine', 'InitiatingProcessParentFileName'],
  ]
  return query(
    'process-events.kql',
    'Starts of the binaries in the catalogue, by file name or original name.',
    columns,
    [
      'DeviceProcessEvents',
      `| where Timestamp > ago(${days}d) and ActionType == "ProcessCreated"`,
      `| where ${kqlIn('FileName', watchedImages(watched, 'windows'))}`,
      `    or ${kqlIn('ProcessVersionInfoOriginalFileName', watchedOriginalNames(watched))}`,
    ],
  )
}

function modules(watched: Watched, days: number): CollectionQuery {
  const columns = [
    'Timestamp',
    'ReportId',
    'DeviceName',
    'ActionType',
    'FolderPath',
    'FileName',
    ...HASHES,
    ...INITIATING,
  ]
  return query('image-load-events.kql', 'Libraries that those binaries loaded.', columns, [
    'DeviceImageLoadEvents',
    `| where Timestamp > ago(${days}d) and ActionType == "ImageLoaded"`,
    `| where ${kqlIn('InitiatingProcessFileName', watchedImages(watched, 'windows'))}`,
  ])
}

function connections(watched: Watched, days: number): CollectionQuery {
  const columns = [
    ...['Timestamp', 'ReportId', 'DeviceName', 'ActionType', 'Protocol', 'LocalIP', 'LocalPort'],
    ...['RemoteIP', 'RemotePort', 'RemoteUrl', ...INITIATING],
  ]
  return query('network-events.kql', 'Connections that those binaries made.', columns, [
    'DeviceNetworkEvents',
    `| where Timestamp > ago(${days}d)`,
    `| where ${kqlIn('InitiatingProcessFileName', watchedImages(watched, 'windows'))}`,
  ])
}
