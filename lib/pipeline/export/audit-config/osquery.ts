import { jsonText } from '../text/json-text'
import type { AuditConfig } from './audit-config'

const COLUMNS = 'pid, parent, path, cmdline, cwd, username, time'

/** osquery: process events of Windows and macOS, as its logger writes them. */
export const OSQUERY: AuditConfig = {
  id: 'osquery',
  label: 'osquery',
  platform: 'macos',
  closes: ['process-creation', 'command-lines', 'process-end'],
  about:
    'Process events with command lines, by Endpoint Security on macOS and by event tracing on Windows. Events that are not queried in time are dropped, and short-lived parents may stay unnamed.',
  write: () => [
    {
      name: 'osquery/cordon.conf',
      about: 'A pack for macOS and one for Windows, with the options they need.',
      text: jsonText({
        options: {
          disable_events: 'false',
          disable_endpointsecurity: 'false',
          enable_process_etw_events: 'true',
          events_expiry: '3600',
          events_max: '100000',
          logger_plugin: 'filesystem',
          host_identifier: 'hostname',
        },
        decorators: { load: ['SELECT hostname AS hostname FROM system_info;'] },
        packs: {
          'cordon-macos': {
            platform: 'darwin',
            queries: {
              process_events: {
                query: `SELECT event_type, ${COLUMNS}, signing_id, team_id, cdhash, platform_binary FROM es_process_events;`,
                interval: 60,
                removed: false,
              },
            },
          },
          'cordon-windows': {
            platform: 'windows',
            queries: {
              process_events: {
                query:
                  'SELECT type, pid, ppid, path, cmdline, username, mandatory_label, datetime FROM process_etw_events;',
                interval: 60,
                removed: false,
              },
            },
          },
        },
      }),
    },
  ],
  deploy: [
    'Merge with osquery.conf, or put it into the packs of your fleet manager. Flags (disable_*, enable_*) may have to go into osquery.flags.',
    'macOS: osqueryd needs Full Disk Access, by a configuration profile of the MDM.',
    'The result log is shipped as under API keys in the settings.',
  ],
  verify: [
    'osqueryi "SELECT count(*) FROM es_process_events" grows; hosts show process creations of osquery in their coverage.',
  ],
}
