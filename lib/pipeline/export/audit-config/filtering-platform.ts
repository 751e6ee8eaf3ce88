import { powerShellScript } from '../text/power-shell'
import type { AuditConfig } from './audit-config'

const CONNECTION = '{0CCE9226-69AE-11D9-BED3-505054503030}'

/** Windows Filtering Platform: connections that the firewall blocks, and if wanted those that it allows. */
export const FILTERING_PLATFORM: AuditConfig = {
  id: 'filtering-platform',
  label: 'Filtering Platform connections (events 5157, 5156)',
  platform: 'windows',
  closes: ['attempt', 'network-connection'],
  about:
    'Event 5157 tells of every connection that the firewall blocked, with the program: how a network block becomes visible. Event 5156 tells of allowed ones and floods the Security log: only where Sysmon cannot be had, and for a while.',
  write: () => [
    file('enable-blocked.ps1', 'Audits blocked connections (5157).', '/failure:enable'),
    file(
      'enable-allowed.ps1',
      'Audits allowed connections too (5156). Floods the Security log.',
      '/success:enable',
    ),
    file(
      'undo.ps1',
      'Stops both, whoever turned them on: not where others need them.',
      '/success:disable /failure:disable',
    ),
  ],
  deploy: [
    'Group Policy: Advanced Audit Policy, Object Access, Audit Filtering Platform Connection: Failure. One host: enable-blocked.ps1.',
    'Make the Security log larger first: wevtutil.exe sl Security /ms:1073741824',
  ],
  verify: [
    `auditpol.exe /get /subcategory:"${CONNECTION}" says Failure; blocked connections come to Attempts.`,
  ],
}

function file(name: string, about: string, setting: string) {
  return {
    name: `filtering-platform/${name}`,
    about,
    text: powerShellScript([about], [`auditpol.exe /set '/subcategory:${CONNECTION}' ${setting}`]),
  }
}
