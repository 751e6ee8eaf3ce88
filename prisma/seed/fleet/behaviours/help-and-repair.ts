import type { HostDay } from '../host-day'
import * as proxies from '../programs/proxies'
import { sdiagnhost } from '../programs/windows'
import { type Behaviour, onDesks } from './behaviour'

const TROUBLES = [
  'NetworkDiagnosticsWeb',
  'PrinterDiagnostic',
  'AudioPlaybackDiagnostic',
  'WindowsUpdateDiagnostic',
] as const
const MANUALS = [
  String.raw`C:\Program Files (x86)\Stratus\CadView\cadview.chm`,
  String.raw`C:\Program Files\7-Zip\7-zip.chm`,
  String.raw`C:\Windows\Help\mui\0409\mmc.CHM`,
] as const

/** A troubleshooter: the wizard, its scripted host, and the compiler that host calls. */
function troubleshoot(day: HostDay, atMs: number): void {
  const { random, machine } = day
  const account = day.shell.account
  day.spawn(
    atMs,
    day.shell,
    proxies.msdt,
    `"C:\\Windows\\system32\\msdt.exe" -skip TRUE -id ${random.pick(TROUBLES)} -ep NetworkDiagnosticsPNI`,
  )
  const host = day.spawn(
    atMs + 1_500,
    machine.service('dcom'),
    sdiagnhost,
    String.raw`C:\Windows\System32\sdiagnhost.exe -Embedding`,
    { account },
  )
  const name = random.word(8)
  day.spawn(
    atMs + 5_000,
    host,
    proxies.csc,
    `"${proxies.csc.path}" /noconfig /fullpaths @"C:\\Users\\${day.person}\\AppData\\Local\\Temp\\${name}\\${name}.cmdline"`,
  )
}

/** Help files, troubleshooters, the VPN profile, system configuration. */
export const helpAndRepair: Behaviour = {
  name: 'help-and-repair',
  runsOn: onDesks,
  run: (day) => {
    const { random, shell } = day
    day.whilePresent(0.04, (atMs) => troubleshoot(day, atMs))
    day.whilePresent(0.05, (atMs) =>
      day.spawn(atMs, shell, proxies.hh, `"C:\\Windows\\hh.exe" ${random.pick(MANUALS)}`),
    )
    day.whilePresent(0.01, (atMs) =>
      day.spawn(atMs, shell, proxies.msconfig, String.raw`"C:\Windows\System32\msconfig.exe"`, {
        account: day.elevatedAccount,
      }),
    )
    if (day.host.person.department !== 'sales') return
    day.whilePresent(0.08, (atMs) =>
      day.spawn(
        atMs,
        shell,
        proxies.cmstp,
        String.raw`"C:\Windows\system32\cmstp.exe" /s /su "C:\Program Files (x86)\Norwall\Connect\profiles\norwall.inf"`,
      ),
    )
  },
}
