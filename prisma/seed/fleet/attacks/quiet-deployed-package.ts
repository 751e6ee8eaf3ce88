import { msiexec, rundll32 } from '../programs/proxies'
import { type AttackStory, onServer } from './story'

/** The deployment system itself, abused: a package like all others, whose library is then loaded by a service. */
export const quietDeployedPackage: AttackStory = {
  name: 'quiet-deployed-package',
  technique: 'T1072',
  quiet: true,
  days: 2,
  victims: 2,
  suits: onServer,
  run: (stage) => {
    const { day, campaign, phase } = stage
    const cache = campaign.word(2)
    if (phase === 0) {
      stage.act(
        'T1072',
        0,
        day.machine.service('ccm'),
        msiexec,
        `"C:\\Windows\\system32\\msiexec.exe" /i "C:\\Windows\\ccmcache\\${cache}\\HealthAgent-2.4.11.msi" /qn /norestart ALLUSERS=1`,
      )
    }
    stage.act(
      'T1218.011',
      90,
      day.machine.serviceControl,
      rundll32,
      'C:\\Windows\\system32\\rundll32.exe "C:\\Program Files\\HealthAgent\\agent.dll",ServiceMain',
    )
  },
}
