import { splunkTerm } from '../text/quote'
import { type Watched, watchedImages, watchedOriginalNames } from '../watched'
import type { CollectionSource } from './collection'

const RAW = ['_time', 'host', 'source', 'sourcetype', '_raw']

/** Splunk: the events as they came, so that nothing of them is lost in extracted fields. */
export const SPLUNK: CollectionSource = {
  id: 'splunk',
  label: 'Splunk',
  language: 'SPL',
  queries: (watched, days) => [
    {
      name: 'windows-events.spl',
      about: 'Sysmon and 4688 of the binaries in the catalogue, as received.',
      columns: RAW,
      text: [
        `search index=* earliest=-${days}d@d (source="*WinEventLog:Microsoft-Windows-Sysmon/Operational" EventCode IN (1, 3, 5, 7, 22)) OR (source="*WinEventLog:Security" EventCode IN (4688, 5157))`,
        `    (${anyOf(watched)})`,
        `| table ${RAW.join(', ')}`,
        '',
      ].join('\n'),
    },
    {
      name: 'control-events.spl',
      about:
        'What AppLocker, App Control and attack surface reduction reported, where Splunk has these logs as XML (renderXml).',
      columns: RAW,
      text: [
        `search index=* earliest=-${days}d@d (source="*WinEventLog:Microsoft-Windows-AppLocker/*" EventCode IN (8001, 8003, 8004, 8006, 8007, 8028, 8029)) OR (source="*WinEventLog:Microsoft-Windows-CodeIntegrity/Operational" EventCode IN (3076, 3077, 3099)) OR (source="*WinEventLog:Microsoft-Windows-Windows Defender/Operational" EventCode IN (1121, 1122, 1129, 5007))`,
        `| table ${RAW.join(', ')}`,
        '',
      ].join('\n'),
    },
  ],
  caps: [
    'The search page truncates at maxresultrows (50,000 as installed) for what it shows; Export and the endpoint search/jobs/export return everything. Compare the number of events with the import’s.',
    'index=* asks every index that your role may search: name yours, it is much faster.',
  ],
  run: [
    'Run each search, Export, as raw events, CSV or JSON, and load the file under Imports.',
    'For a lot: curl -u USER https://SPLUNK:8089/services/search/jobs/export -d output_mode=json --data-urlencode search@windows-events.spl > events.json',
  ],
}

function anyOf(watched: Watched): string {
  const names = new Set([...watchedImages(watched, 'windows'), ...watchedOriginalNames(watched)])
  return [...names].sort().map(splunkTerm).join(' OR ')
}
