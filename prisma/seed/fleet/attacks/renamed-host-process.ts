import { copiedTo } from '../programs/program'
import { rundll32 } from '../programs/proxies'
import { cmd } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** A copy of rundll32 under another name, beside the library that it loads. */
export const renamedHostProcess: AttackStory = {
  name: 'renamed-host-process',
  technique: 'T1036.003',
  quiet: false,
  days: 2,
  victims: 1,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const folder = `C:\\ProgramData\\${campaign.word(7)}`
    const copy = copiedTo(rundll32, `${folder}\\${campaign.pick(['intelgfx', 'audiosvc', 'wlanext32'])}.exe`)
    const shell = stage.act(
      'T1059.003',
      0,
      day.shell,
      cmd,
      `cmd.exe /c copy C:\\Windows\\System32\\rundll32.exe ${copy.path}`,
    )
    stage.act('T1036.003', 3, shell, copy, `${copy.path} ${folder}\\${campaign.word(5)}.dat,#1`)
  },
}
