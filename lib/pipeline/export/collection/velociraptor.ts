import { anyLiteralRegex } from '../text/quote'
import { type Watched, watchedImages, watchedOriginalNames } from '../watched'
import { type CollectionSource, collectionQuery } from './collection'

const CHANNEL = 'C:/Windows/System32/winevt/Logs/Microsoft-Windows-Sysmon%4Operational.evtx'
const SECURITY = 'C:/Windows/System32/winevt/Logs/Security.evtx'
const COLUMNS = ['System', 'EventData', 'Fqdn']

/** Velociraptor: the hosts' own event logs, read where they are. */
export const VELOCIRAPTOR: CollectionSource = {
  id: 'velociraptor',
  label: 'Velociraptor',
  language: 'VQL',
  queries: (watched, days) => [
    query(
      'sysmon.vql',
      'Sysmon events 1, 3, 5, 7 and 22 of the binaries in the catalogue.',
      CHANNEL,
      watched,
      days,
      [
        'System.EventID.Value in (1, 3, 5, 7, 22)',
        '(EventData.Image =~ Images OR EventData.OriginalFileName =~ Originals)',
      ],
    ),
    query('process-creation.vql', 'Event 4688 of the binaries in the catalogue.', SECURITY, watched, days, [
      'System.EventID.Value = 4688',
      'EventData.NewProcessName =~ Images',
    ]),
  ],
  caps: [
    'A collection stops at its row limit (1,000,000 as installed) and upload limit: raise max_rows in the collection’s resources, or ask fewer days.',
    'A host keeps what its log has room for: check the oldest event before calling anything unused.',
  ],
  run: [
    'Paste each into an artifact’s source, or a notebook for one host; hunt, then download the results as JSON and load them under Imports.',
    'Velociraptor can also forward its results to Elasticsearch or Splunk’s HEC, which Cordon answers as.',
  ],
}

function query(
  name: string,
  about: string,
  log: string,
  watched: Watched,
  days: number,
  conditions: readonly string[],
) {
  return collectionQuery('--', { name, about, columns: COLUMNS }, [
    `LET Images = '''(?i)(^|\\\\)(${anyLiteralRegex(watchedImages(watched, 'windows'))})$'''`,
    `LET Originals = '''(?i)^(${anyLiteralRegex(watchedOriginalNames(watched))})$'''`,
    `LET Oldest = timestamp(epoch=now() - ${days} * 86400)`,
    'LET Host <= SELECT Fqdn FROM info()',
    'SELECT System, EventData, Host[0].Fqdn AS Fqdn',
    `FROM parse_evtx(filename='${log}')`,
    'WHERE timestamp(epoch=System.TimeCreated.SystemTime) > Oldest',
    ...conditions.map((condition) => `  AND ${condition}`),
  ])
}
