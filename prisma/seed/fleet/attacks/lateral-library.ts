import { rundll32 } from '../programs/proxies'
import { cmd, net, whoami } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** The same library started through WMI on six computers within an hour. */
export const lateralLibrary: AttackStory = {
  name: 'lateral-library',
  technique: 'T1047',
  quiet: false,
  days: 1,
  victims: 6,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const account = stage.stolenAccount()
    const loaded = stage.act(
      'T1218.011',
      0,
      day.machine.service('wmi'),
      rundll32,
      `rundll32.exe C:\\Windows\\${campaign.word(7)}.dll,${campaign.pick(['Start', 'DllInstall', 'Update'])}`,
      { account },
    )
    const shell = stage.act(
      'T1059.003',
      8,
      loaded,
      cmd,
      'C:\\Windows\\system32\\cmd.exe /c whoami & net user',
    )
    stage.act('T1033', 9, shell, whoami, 'whoami')
    stage.act('T1087.001', 10, shell, net, 'net  user')
  },
}
