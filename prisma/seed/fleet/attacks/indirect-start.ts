import { forfiles, pcalua } from '../programs/proxies'
import { cmd, powershell } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** Commands started through tools that start commands, so that the parent looks harmless. */
export const indirectStart: AttackStory = {
  name: 'indirect-start',
  technique: 'T1202',
  quiet: false,
  days: 1,
  victims: 1,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const script = `C:\\Users\\${day.person}\\AppData\\Roaming\\${campaign.word(6)}.ps1`
    const shell = stage.act('T1059.003', 0, day.shell, cmd, 'cmd.exe /c run.cmd')
    const each = stage.act(
      'T1202',
      1,
      shell,
      forfiles,
      `forfiles  /p c:\\windows\\system32 /m notepad.exe /c "powershell -w hidden -f ${script}"`,
    )
    stage.act('T1059.001', 2, each, powershell, `powershell -w hidden -f ${script}`)
    const helper = stage.act('T1202', 70, shell, pcalua, `pcalua.exe -a powershell.exe -c "-f ${script}"`)
    stage.act('T1059.001', 71, helper, powershell, `"powershell.exe" -f ${script}`)
  },
}
