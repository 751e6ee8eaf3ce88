import { rundll32 } from '../programs/proxies'
import { cmd, schtasks } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** Persistence: a scheduled task loads a library from a folder anyone can write, day after day. */
export const scheduledPublicLibrary: AttackStory = {
  name: 'scheduled-public-library',
  technique: 'T1218.011',
  quiet: false,
  days: 4,
  victims: 1,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign, phase } = stage
    const library = `C:\\Users\\Public\\Libraries\\${campaign.word(7)}.dll`
    const entry = campaign.word(6)
    const load = `rundll32.exe ${library},${entry}`
    if (phase === 0) {
      const shell = stage.act('T1059.003', -60, day.shell, cmd, 'cmd.exe /c start /b setup.cmd')
      stage.act(
        'T1053.005',
        -55,
        shell,
        schtasks,
        `schtasks  /create /f /sc hourly /mo 4 /tn "OneDrive Reporting" /tr "${load}"`,
      )
    }
    for (let runs = stage.random.between(1, 2); runs > 0; runs--) {
      stage.act(
        'T1218.011',
        runs * 1_800,
        day.machine.service('schedule'),
        rundll32,
        `C:\\Windows\\system32\\${load}`,
        { account: day.shell.account },
      )
    }
  },
}
