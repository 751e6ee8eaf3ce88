import { element, type XmlElement, xmlDocument, xmlFragment } from '../text/xml'
import { type Watched, watchedImages } from '../watched'
import type { AuditConfig } from './audit-config'

const SCHEMA_VERSION = '4.90'

/** Sysmon: events 1, 3, 5, 7 and 22, all but the first of the catalogue's binaries only. */
export const SYSMON: AuditConfig = {
  id: 'sysmon',
  label: 'Sysmon',
  platform: 'windows',
  closes: [
    'process-creation',
    'command-lines',
    'process-end',
    'network-connection',
    'module-load',
    'dns-query',
  ],
  about:
    'Every process creation with command line, parent, original name and hashes; connections, modules, DNS queries and ends of the binaries in the catalogue. Events 3, 5, 7 and 22 go by file name: what a renamed copy does is not in them.',
  write: (watched) => [
    {
      name: 'sysmon/cordon.xml',
      about: 'A whole configuration. A host has one: this replaces what is there.',
      text: xmlDocument(
        element('Sysmon', { schemaversion: SCHEMA_VERSION }, [
          element('HashAlgorithms', {}, 'md5,sha256,IMPHASH'),
          element('EventFiltering', {}, [...groups(watched), ...SILENCED.map(none)]),
        ]),
      ),
    },
    {
      name: 'sysmon/fragment.xml',
      about:
        'The rule groups alone, to put into the EventFiltering element of the configuration that is there.',
      text: xmlFragment(element('EventFiltering', {}, groups(watched))),
    },
  ],
  deploy: [
    'Once: sysmon64.exe -accepteula -i cordon.xml. Where Sysmon runs already: sysmon64.exe -c cordon.xml, which replaces the configuration.',
    'A configuration of your own: merge fragment.xml into it. Groups of the same event are joined by or; an exclude of yours wins over an include of these.',
    'Windows with Sysmon as an optional feature takes the same file.',
  ],
  verify: [
    'Event 16 in Microsoft-Windows-Sysmon/Operational says that the configuration changed; sysmon64.exe -c prints it.',
    'Coverage of the host shows module loads, connections and DNS queries from the next day on.',
  ],
}

/** Events that Sysmon writes unless told not to, and that Cordon does not read. */
const SILENCED = ['FileCreateTime', 'DriverLoad', 'CreateRemoteThread', 'RawAccessRead']

function groups(watched: Watched): XmlElement[] {
  const images = watchedImages(watched, 'windows')
  return [
    group(element('ProcessCreate', { onmatch: 'exclude' })),
    ...['NetworkConnect', 'ProcessTerminate', 'ImageLoad', 'DnsQuery'].map((event) =>
      group(
        element(
          event,
          { onmatch: 'include' },
          images.map((image) => element('Image', { condition: 'image' }, image)),
        ),
      ),
    ),
  ]
}

function none(event: string): XmlElement {
  return group(element(event, { onmatch: 'include' }))
}

function group(event: XmlElement): XmlElement {
  return element('RuleGroup', { name: `Cordon ${event.name}`, groupRelation: 'or' }, [event])
}
