import type { HostDay } from '../host-day'
import * as win from '../programs/windows'
import { cmd, powershell } from '../programs/windows'
import { type Behaviour, everywhere, onDesks, onServers } from './behaviour'

const COM_OBJECTS = [
  '{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}',
  '{973D20D7-562D-44B9-B70B-5A0F49CCDF3F}',
  '{3EB3C877-1F16-487C-9050-104DBCD66683}',
] as const

function tick(day: HostDay, atMs: number): void {
  const { machine, random } = day
  const dcom = machine.service('dcom')
  switch (random.below(5)) {
    case 0:
      day.spawn(
        atMs,
        machine.service('schedule'),
        win.taskhostw,
        random.pick(['taskhostw.exe', 'taskhostw.exe Install $(Arg0)', 'taskhostw.exe SYSTEM']),
      )
      return
    case 1:
      day.spawn(
        atMs,
        dcom,
        win.dllhost,
        `C:\\Windows\\system32\\DllHost.exe /Processid:${random.pick(COM_OBJECTS)}`,
      )
      return
    case 2:
      day.spawn(atMs, dcom, win.runtimeBroker, String.raw`C:\Windows\System32\RuntimeBroker.exe -Embedding`, {
        account: day.shell.account,
      })
      return
    case 3:
      day.spawn(
        atMs,
        dcom,
        win.backgroundTaskHost,
        `"C:\\Windows\\system32\\backgroundTaskHost.exe" -ServerName:App.AppX${random.word(12)}.mca`,
        { account: day.shell.account },
      )
      return
    default:
      day.spawn(
        atMs,
        machine.service('indexer'),
        win.searchProtocolHost,
        `"C:\\Windows\\system32\\SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe${random.between(1, 900)}_ Global\\UsGthrCtrlFltPipeMssGthrPipe${random.between(1, 900)} 1 -2147483646 "Software\\Microsoft\\Windows Search"`,
      )
  }
}

function serviceTick(day: HostDay, atMs: number): void {
  const { machine, random } = day
  if (random.chance(0.5)) {
    day.spawn(atMs, machine.service('schedule'), win.taskhostw, 'taskhostw.exe SYSTEM')
    return
  }
  const shell = day.spawn(
    atMs,
    machine.service('schedule'),
    cmd,
    String.raw`C:\Windows\system32\cmd.exe /c "D:\Scripts\health.cmd"`,
  )
  const commandLine = random.pick(['sc  query W32Time', 'sc  query LanmanServer', 'sc  query EventLog'])
  day.spawn(atMs + 90, shell, win.sc, commandLine)
}

/** What Windows and its agents start all day: the ordinary company in which proxy binaries run. */
export const backgroundActivity: Behaviour = {
  name: 'background-activity',
  runsOn: everywhere,
  run: (day) => {
    if (onDesks(day.host)) day.throughTheDay(22, (atMs) => tick(day, atMs))
    if (onServers(day.host)) day.throughTheDay(26, (atMs) => serviceTick(day, atMs))
    day.throughTheDay(2, (atMs) => {
      const script = `C:\\Windows\\CCM\\SystemTemp\\${day.random.guid().slice(1, -1).toLowerCase()}.ps1`
      day.spawn(
        atMs,
        day.machine.service('ccm'),
        powershell,
        `"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" -NoLogo -Noninteractive -NoProfile -ExecutionPolicy Bypass "& '${script}'"`,
      )
    })
    day.throughTheDay(0.6, (atMs) =>
      day.spawn(
        atMs,
        day.machine.service('schedule'),
        win.compatTelRunner,
        String.raw`C:\Windows\system32\compattelrunner.exe -maintenance`,
      ),
    )
  },
}
