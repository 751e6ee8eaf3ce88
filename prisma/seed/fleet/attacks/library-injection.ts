import { mavinject } from '../programs/proxies'
import { powershell } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** A library injected into the person's desktop. */
export const libraryInjection: AttackStory = {
  name: 'library-injection',
  technique: 'T1218.013',
  quiet: false,
  days: 1,
  victims: 1,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const shell = stage.act('T1059.001', 0, day.shell, powershell, '"powershell.exe" -nop -w 1')
    stage.act(
      'T1218.013',
      15,
      shell,
      mavinject,
      `"C:\\Windows\\System32\\mavinject.exe" ${day.shell.pid} /INJECTRUNNING C:\\Users\\${day.person}\\AppData\\Local\\Temp\\${campaign.word(6)}.dll`,
    )
  },
}
