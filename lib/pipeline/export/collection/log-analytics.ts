import { kqlIn } from '../text/quote'
import { type Watched, watchedImages } from '../watched'
import { type CollectionSource, collectionQuery } from './collection'

/** Log Analytics and Microsoft Sentinel: the Security log and Sysmon as its agents store them. */
export const LOG_ANALYTICS: CollectionSource = {
  id: 'log-analytics',
  label: 'Log Analytics, Microsoft Sentinel',
  language: 'KQL',
  queries: (watched, days) => [
    collectionQuery(
      '//',
      {
        name: 'security-event.kql',
        about: 'Event 4688 of the binaries in the catalogue.',
        columns: SECURITY,
      },
      [
        'SecurityEvent',
        `| where TimeGenerated > ago(${days}d) and EventID == 4688`,
        `| where ${kqlIn('Process', names(watched))}`,
        `| project ${SECURITY.join(', ')}`,
        '| sort by TimeGenerated asc',
      ],
    ),
    collectionQuery(
      '//',
      {
        name: 'sysmon.kql',
        about: 'Sysmon events 1, 3, 5, 7 and 22 of the binaries in the catalogue.',
        columns: SYSMON,
      },
      [
        'Event',
        `| where TimeGenerated > ago(${days}d)`,
        '| where EventLog == "Microsoft-Windows-Sysmon/Operational" and EventID in (1, 3, 5, 7, 22)',
        // the image stands in the XML of each: taken out so that names are compared whole
        '| extend Named = tolower(extract(@"<Data Name=""Image"">(?:[^<]*\\\\)?([^<\\\\]+)</Data>", 1, EventData))',
        '| extend Original = tolower(extract(@"<Data Name=""OriginalFileName"">([^<]+)</Data>", 1, EventData))',
        `| where ${kqlIn('Named', names(watched))} or (EventID == 1 and ${kqlIn('Original', names(watched))})`,
        `| project ${SYSMON.join(', ')}`,
        '| sort by TimeGenerated asc',
      ],
    ),
  ],
  caps: [
    'The portal shows and exports at most 30,000 rows, the API 500,000 or 100 MB: ask a day at a time where a query comes near it.',
  ],
  run: ['Run each query under Logs, Export, CSV (all columns), and load the files under Imports.'],
}

function names(watched: Watched): readonly string[] {
  return watchedImages(watched, 'windows')
}

const SECURITY = [
  ...['TimeGenerated', 'Computer', 'EventID', 'EventSourceName', 'Channel', 'NewProcessId', 'NewProcessName'],
  ...['ProcessId', 'ParentProcessName', 'CommandLine', 'MandatoryLabel'],
  ...['SubjectUserSid', 'SubjectUserName', 'SubjectDomainName', 'SubjectLogonId'],
  ...['TargetUserSid', 'TargetUserName', 'TargetDomainName', 'TargetLogonId'],
]
const SYSMON = ['TimeGenerated', 'Computer', 'EventID', 'EventLog', 'Source', 'EventData']
