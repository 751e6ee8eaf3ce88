import { wscript } from '../programs/proxies'
import type { AttackStory } from './story'
import { atDesk } from './story'

/** A second script in the logon share, run by the same policy that maps printers. */
export const quietLogonScript: AttackStory = {
  name: 'quiet-logon-script',
  technique: 'T1037.003',
  quiet: true,
  days: 2,
  victims: 3,
  suits: atDesk,
  run: (stage) => {
    const { day } = stage
    stage.act(
      'T1037.003',
      0,
      day.machine.service('profiles'),
      wscript,
      '"C:\\Windows\\System32\\WScript.exe" "\\\\corp.example\\netlogon\\printers2.vbs" /dept:all',
      { account: day.shell.account },
    )
  },
}
