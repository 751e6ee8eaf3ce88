import * as proxies from '../programs/proxies'
import { type Behaviour, onDesks } from './behaviour'

const COMPONENTS = [
  'Intel\\Graphics\\igdlh64.dll',
  'Realtek\\Audio\\HDA\\RtkCfg64.dll',
  'Halden\\DLP\\HaldenHook.dll',
  'Norwall\\Connect\\NorwallShell.dll',
] as const

/** The first day of a computer that joined: per-user set-up, the imaging task's installs and registrations. */
export const newComputer: Behaviour = {
  name: 'new-computer',
  runsOn: (host) => onDesks(host) && host.joinedDay > 0,
  run: (day) => {
    if (day.dayIndex !== day.machine.firstDay) return
    const { random, machine, shell } = day
    const atMs = day.presence.powered.fromMs + 200_000
    const agent = machine.service('ccm')
    for (const [index, component] of COMPONENTS.entries()) {
      const step = atMs + index * 60_000
      day.spawn(
        step,
        agent,
        proxies.msiexec,
        `"C:\\Windows\\system32\\msiexec.exe" /i "C:\\_SMSTaskSequence\\Packages\\PS100${random.hex(3).toUpperCase()}\\setup.msi" /qn /norestart`,
      )
      day.spawn(step + 9_000, agent, proxies.regsvr32, `regsvr32.exe /s "C:\\Program Files\\${component}"`)
    }
    day.spawn(
      atMs + 300_000,
      agent,
      proxies.infDefaultInstall,
      String.raw`InfDefaultInstall.exe "C:\_SMSTaskSequence\Drivers\heci.inf"`,
    )
    day.spawn(
      atMs + 310_000,
      machine.service('profiles'),
      proxies.provlaunch,
      String.raw`C:\Windows\system32\provlaunch.exe /S`,
    )
    day.spawn(
      atMs + 320_000,
      shell,
      proxies.ie4uinit,
      String.raw`"C:\Windows\System32\ie4uinit.exe" -UserConfig`,
    )
    day.spawn(
      atMs + 322_000,
      shell,
      proxies.unregmp2,
      String.raw`C:\Windows\System32\unregmp2.exe /FirstLogon`,
    )
    day.spawn(
      atMs + 324_000,
      shell,
      proxies.rundll32,
      String.raw`"C:\Windows\System32\Rundll32.exe" C:\Windows\System32\mscories.dll,Install`,
    )
    day.spawn(
      atMs + 326_000,
      shell,
      proxies.rundll32,
      String.raw`rundll32.exe advpack.dll,LaunchINFSectionEx C:\Windows\INF\setupqry.inf,PerUserInstall,,36`,
    )
    day.spawn(atMs + 340_000, machine.service('dcom'), proxies.runonce, 'runonce.exe /Explorer', {
      account: shell.account,
    })
  },
}
