import { isWorkday, SECOND_MS } from '../calendar'
import type { HostDay } from '../host-day'
import { ADMINISTRATORS } from '../people'
import * as proxies from '../programs/proxies'
import * as win from '../programs/windows'
import { type Behaviour, onServers } from './behaviour'

const CONSOLES = [
  'services.msc',
  'eventvwr.msc',
  'compmgmt.msc',
  'diskmgmt.msc',
  'taskschd.msc',
  'certlm.msc',
  'gpedit.msc',
] as const
const DIRECTORY_CONSOLES = ['dsa.msc', 'gpmc.msc', 'dnsmgmt.msc', 'dssite.msc', 'adsiedit.msc'] as const
const COMMANDS = [
  [proxies.certutil, 'certutil  -store my'],
  [proxies.certutil, 'certutil  -verify -urlfetch server.cer'],
  [proxies.wmic, 'wmic  qfe get hotfixid,installedon'],
  [proxies.wmic, 'wmic  process where name="w3wp.exe" get processid,commandline'],
  [proxies.cscript, String.raw`cscript  //nologo C:\Windows\System32\slmgr.vbs /xpr`],
  [proxies.fsutil, 'fsutil  fsinfo drives'],
  [win.ipconfig, 'ipconfig  /all'],
  [win.net, 'net  localgroup administrators'],
  [win.whoami, 'whoami  /groups'],
  [win.tasklist, 'tasklist  /svc'],
] as const

function session(day: HostDay, atMs: number): void {
  const { random, machine, host } = day
  day.report(machine.logOn(atMs, random.pick(ADMINISTRATORS), random))
  const account = day.elevatedAccount
  for (let consoles = random.between(0, 2); consoles > 0; consoles--) {
    const name = random.pick(
      host.role === 'domain-controller' && random.chance(0.7) ? DIRECTORY_CONSOLES : CONSOLES,
    )
    day.spawn(
      atMs + random.between(20, 900) * SECOND_MS,
      day.shell,
      proxies.mmc,
      `"C:\\Windows\\system32\\mmc.exe" "C:\\Windows\\system32\\${name}" ${name === 'dsa.msc' ? '' : '/s'}`,
      { account },
    )
  }
  if (!random.chance(0.6)) return
  const prompt = random.chance(0.5) ? win.cmd : win.powershell
  const shell = day.spawn(atMs + 60 * SECOND_MS, day.shell, prompt, `"${prompt.path}"`, { account })
  for (let commands = random.between(1, 4); commands > 0; commands--) {
    const [program, commandLine] = random.pick(COMMANDS)
    day.spawn(shell.startMs + random.between(5, 1_200) * SECOND_MS, shell, program, commandLine)
  }
  if (random.chance(0.12)) {
    day.spawn(
      shell.startMs + 1_300 * SECOND_MS,
      shell,
      proxies.wmic,
      `wmic  /node:${random.pick(['srv-file-0002', 'srv-web-0003', 'srv-application-0004'])} os get lastbootuptime`,
    )
  }
}

/** Administrators who log on to servers in office hours and look after them. */
export const administration: Behaviour = {
  name: 'administration',
  runsOn: onServers,
  run: (day) => {
    if (!isWorkday(day.utcDay)) return
    const moments = Array.from({ length: day.random.count(1.3 * Math.min(1, day.rate)) }, () =>
      day.localTime(8, 540),
    ).sort((a, b) => a - b)
    for (const atMs of moments) if (day.isOn(atMs)) session(day, atMs)
  },
}
