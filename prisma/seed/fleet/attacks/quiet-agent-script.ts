import { cscript } from '../programs/proxies'
import { cmd, net } from '../programs/windows'
import { type AttackStory, onServer } from './story'

/** One more script for the monitoring agent, in its own folder. */
export const quietAgentScript: AttackStory = {
  name: 'quiet-agent-script',
  technique: 'T1059.005',
  quiet: true,
  days: 2,
  victims: 1,
  suits: onServer,
  run: (stage) => {
    const { day } = stage
    const script = stage.act(
      'T1059.005',
      0,
      day.machine.service('monitoring'),
      cscript,
      `"C:\\Windows\\system32\\cscript.exe" /nologo "DiscoverServiceAccounts.vbs" ${day.host.name} 2 10`,
    )
    const shell = stage.act(
      'T1059.003',
      2,
      script,
      cmd,
      'C:\\Windows\\system32\\cmd.exe /c net group "Domain Computers" /domain',
    )
    stage.act('T1018', 3, shell, net, 'net  group "Domain Computers" /domain')
  },
}
