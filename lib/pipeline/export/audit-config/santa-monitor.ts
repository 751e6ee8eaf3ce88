import type { Deployment } from '../deployment'
import { santaConfiguration } from '../policy/santa'
import { stableId } from '../stable-id'
import type { AuditConfig } from './audit-config'

/** Santa in Monitor mode, without rules. */
export const SANTA_MONITOR: AuditConfig = {
  id: 'santa-monitor',
  label: 'Santa, Monitor mode',
  platform: 'macos',
  closes: [],
  about:
    'Lets everything run and logs every execution as JSON. Cordon does not read Santa’s log yet: baselines of osascript come from osquery. It prepares the control for later rules.',
  write: () => {
    const deployment: Deployment = {
      control: 'santa',
      mode: 'audit',
      label: 'Monitor mode',
      slug: 'santa-monitor',
      id: stableId('audit-config', 'santa'),
      blocks: [],
      hosts: [],
    }
    return [santaConfiguration(deployment)]
  },
  deploy: ['MDM: santa.mobileconfig as a configuration profile, joined with the one that is there.'],
  verify: ['santactl status shows Monitor mode.'],
}
