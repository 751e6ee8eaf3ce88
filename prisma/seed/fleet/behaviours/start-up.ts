import { userProgram } from '../programs/applications'
import { gpscript, runonce } from '../programs/proxies'
import { type Behaviour, everywhere } from './behaviour'

/** Power on and log on: services, the group policy's script host, the desktop and what starts with it. */
export const startUp: Behaviour = {
  name: 'start-up',
  runsOn: everywhere,
  run: (day) => {
    const { presence, machine, random } = day
    if (!presence.boots) return
    const bootMs = presence.powered.fromMs
    day.report(machine.boot(bootMs, random))
    day.spawn(bootMs + 25_000, machine.service('profiles'), gpscript, 'gpscript.exe /Startup')
    if (presence.person === null) return
    const logonMs = presence.person.fromMs
    day.report(machine.logOn(logonMs, day.host.person.account, random))
    day.spawn(logonMs + 4_000, machine.service('profiles'), gpscript, 'gpscript.exe /Logon')
    if (random.chance(0.1))
      day.spawn(logonMs + 5_000, day.shell, runonce, String.raw`C:\Windows\SysWOW64\runonce.exe /Run6432`)
    const oneDrive = userProgram(day.person, 'OneDrive')
    day.spawn(logonMs + 15_000, day.shell, oneDrive, `"${oneDrive.path}" /background`)
    const updater = userProgram(day.person, 'TeamsUpdate')
    const starter = day.spawn(
      logonMs + 18_000,
      day.shell,
      updater,
      `"${updater.path}" --processStart "Teams.exe" --process-start-args "--system-initiated"`,
    )
    const teams = userProgram(day.person, 'Teams')
    day.spawn(logonMs + 19_500, starter, teams, `"${teams.path}" --system-initiated`)
  },
}
