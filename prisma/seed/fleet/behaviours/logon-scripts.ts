import { cscript, wscript } from '../programs/proxies'
import { cmd, net } from '../programs/windows'
import { type Behaviour, onDesks } from './behaviour'

const NETLOGON = String.raw`\\corp.example\netlogon`

/** Group policy's logon scripts: drives and printers by department, the inventory stamp, once per logon. */
export const logonScripts: Behaviour = {
  name: 'logon-scripts',
  runsOn: onDesks,
  run: (day) => {
    const { presence, machine, host, random } = day
    if (!presence.boots || presence.person === null) return
    const atMs = presence.person.fromMs + random.between(4_500, 9_000)
    const account = day.shell.account
    const policy = machine.service('profiles')
    day.spawn(
      atMs,
      policy,
      wscript,
      `"C:\\Windows\\System32\\WScript.exe" "${NETLOGON}\\printers.vbs" /dept:${host.person.department}`,
      { account },
    )
    if (host.person.department === 'finance' || host.person.department === 'sales') {
      const shell = day.spawn(
        atMs + 800,
        policy,
        cmd,
        `C:\\Windows\\system32\\cmd.exe /c "${NETLOGON}\\drives.cmd"`,
        { account },
      )
      day.spawn(
        atMs + 1_100,
        shell,
        net,
        `net  use S: \\\\srv-file-0002\\${host.person.department} /persistent:no`,
      )
    }
    if (random.chance(0.3)) {
      day.spawn(
        atMs + 2_500,
        policy,
        cscript,
        `cscript.exe //B //Nologo "${NETLOGON}\\stamp.vbs" ${host.shortName.toUpperCase()}`,
        { account },
      )
    }
  },
}
