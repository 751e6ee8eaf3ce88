import { csc, msbuildFramework } from '../programs/proxies'
import { cmd, net } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** A project with an inline task in the temporary folder, built on a computer that builds nothing. */
export const buildFromTemp: AttackStory = {
  name: 'build-from-temp',
  technique: 'T1127.001',
  quiet: false,
  days: 1,
  victims: 1,
  suits: (day) => atDesk(day) && day.host.role === 'workstation',
  run: (stage) => {
    const { day, campaign } = stage
    const temp = `C:\\Users\\${day.person}\\AppData\\Local\\Temp`
    const shell = stage.act('T1059.003', 0, day.shell, cmd, `cmd.exe /c ${temp}\\${campaign.word(5)}.bat`)
    const builder = stage.act(
      'T1127.001',
      1,
      shell,
      msbuildFramework,
      `${msbuildFramework.path} ${temp}\\${campaign.word(8)}.xml`,
    )
    const name = stage.random.word(8)
    stage.act(
      'T1127.001',
      3,
      builder,
      csc,
      `"${csc.path}" /noconfig /fullpaths @"${temp}\\${name}\\${name}.cmdline"`,
    )
    const second = stage.act('T1059.003', 25, builder, cmd, 'C:\\Windows\\system32\\cmd.exe')
    stage.act('T1087.002', 45, second, net, 'net  group "domain admins" /domain')
  },
}
