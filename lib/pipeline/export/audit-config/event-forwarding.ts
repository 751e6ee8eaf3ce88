import { element, xmlDocument, xmlFragment } from '../text/xml'
import type { AuditConfig } from './audit-config'

/** Channels that Cordon reads, and which of their events; null = all. */
const CHANNELS: readonly (readonly [string, readonly number[] | null])[] = [
  ['Microsoft-Windows-Sysmon/Operational', [1, 3, 5, 7, 22]],
  ['Security', [4688, 5157]],
  ['Microsoft-Windows-AppLocker/EXE and DLL', null],
  ['Microsoft-Windows-AppLocker/MSI and Script', null],
  ['Microsoft-Windows-CodeIntegrity/Operational', [3076, 3077, 3089, 3099, 8028, 8029]],
  ['Microsoft-Windows-Windows Defender/Operational', [1121, 1122, 1129, 5007]],
]

/** Members of the domain's computers and controllers may send. */
const SOURCES = 'O:NSG:NSD:(A;;GA;;;DC)(A;;GA;;;DD)(A;;GA;;;NS)'

/** Windows event forwarding: one subscription for all that Cordon reads. */
export const EVENT_FORWARDING: AuditConfig = {
  id: 'event-forwarding',
  label: 'Windows event forwarding',
  platform: 'windows',
  closes: [
    'process-creation',
    'command-lines',
    'process-end',
    'network-connection',
    'module-load',
    'dns-query',
    'attempt',
    'policy-state',
  ],
  about:
    'Gathers the events on a Windows collector, in its log Forwarded Events, without an agent on the hosts. A shipper on the collector sends that log here. It moves what the hosts write; turning it on is the work of the other files.',
  write: () => [
    {
      name: 'event-forwarding/cordon.xml',
      about: 'A subscription that the hosts start themselves.',
      text: xmlDocument(
        element(
          'Subscription',
          { xmlns: 'http://schemas.microsoft.com/2006/03/windows/events/subscription' },
          [
            element('SubscriptionId', {}, 'Cordon'),
            element('SubscriptionType', {}, 'SourceInitiated'),
            element(
              'Description',
              {},
              'What Cordon reads: process creations, modules, connections, and what controls report.',
            ),
            element('Enabled', {}, 'true'),
            element('Uri', {}, 'http://schemas.microsoft.com/wbem/wsman/1/windows/EventLog'),
            element('ConfigurationMode', {}, 'Normal'),
            element('Query', {}, xmlFragment(queryList())),
            element('ReadExistingEvents', {}, 'true'),
            element('TransportName', {}, 'HTTP'),
            element('ContentFormat', {}, 'Events'),
            element('Locale', { Language: 'en-US' }),
            element('LogFile', {}, 'ForwardedEvents'),
            element('AllowedSourceNonDomainComputers'),
            element('AllowedSourceDomainComputers', {}, SOURCES),
          ],
        ),
      ),
    },
  ],
  deploy: [
    'On the collector: wecutil.exe qc /q, then wecutil.exe cs cordon.xml.',
    'Group Policy for the hosts: Event Forwarding, Configure target Subscription Manager: Server=http://COLLECTOR:5985/wsman/SubscriptionManager/WEC,Refresh=60.',
    'So that hosts may read the Security log for it: NETWORK SERVICE into the group Event Log Readers, by Group Policy.',
    'A shipper on the collector sends the log ForwardedEvents: its configuration is under API keys in the settings.',
  ],
  verify: ['wecutil.exe gr Cordon lists the hosts and when each was last heard of.'],
}

function queryList() {
  const queries = CHANNELS.map(([channel, ids], index) => {
    const only = ids === null ? '*' : `*[System[(${ids.map((id) => `EventID=${id}`).join(' or ')})]]`
    return element('Query', { Id: String(index), Path: channel }, [
      element('Select', { Path: channel }, only),
    ])
  })
  return element('QueryList', {}, queries)
}
