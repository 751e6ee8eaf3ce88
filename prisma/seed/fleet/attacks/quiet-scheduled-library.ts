import { rundll32 } from '../programs/proxies'
import { type AttackStory, atDesk } from './story'

/** A library placed beside a vendor's own, loaded by a system task as many others are. */
export const quietScheduledLibrary: AttackStory = {
  name: 'quiet-scheduled-library',
  technique: 'T1053.005',
  quiet: true,
  days: 3,
  victims: 1,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const library = campaign.pick(['HelperCore.dll', 'SyncAssist.dll', 'UsageReport.dll'])
    stage.act(
      'T1218.011',
      0,
      day.machine.service('schedule'),
      rundll32,
      `C:\\Windows\\system32\\rundll32.exe "C:\\Program Files\\Common Files\\System\\Ole DB\\${library}",RunTask`,
    )
  },
}
