import { cmstp } from '../programs/proxies'
import { cmd } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** A connection manager profile that runs a command as it is installed. */
export const connectionProfile: AttackStory = {
  name: 'connection-profile',
  technique: 'T1218.003',
  quiet: false,
  days: 1,
  victims: 1,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const shell = stage.act('T1059.003', 0, day.shell, cmd, '"C:\\Windows\\system32\\cmd.exe" /c install.bat')
    stage.act('T1218.003', 2, shell, cmstp, `cmstp.exe  /ni /s C:\\Windows\\Temp\\${campaign.word(6)}.inf`)
    stage.act('T1548.002', 6, day.machine.service('dcom'), cmd, 'cmd.exe /c start powershell -w hidden', {
      account: day.elevatedAccount,
    })
  },
}
