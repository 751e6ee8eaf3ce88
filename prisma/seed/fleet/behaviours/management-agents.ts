import type { HostDay } from '../host-day'
import { agentExecutor, certutil, csc, cscript, wmic } from '../programs/proxies'
import { cmd, powershell } from '../programs/windows'
import { type Behaviour, everywhere, onDesks } from './behaviour'

const QUERIES = [
  'csproduct get uuid',
  'bios get serialnumber',
  'os get caption,version /value',
  'logicaldisk get size,freespace,caption',
  'product get name,version',
] as const

function inventory(day: HostDay, atMs: number): void {
  const query = day.random.pick(QUERIES)
  const shell = day.spawn(
    atMs,
    day.machine.service('inventory'),
    cmd,
    `C:\\Windows\\system32\\cmd.exe /c wmic ${query}`,
  )
  day.spawn(atMs + 60, shell, wmic, `wmic  ${query}`)
}

/** PowerShell compiles its inline C#: a temporary name every time. */
function detectionScript(day: HostDay, atMs: number): void {
  const { random } = day
  const agent = day.machine.service(onDesks(day.host) ? 'intune' : 'ccm')
  let runner = agent
  if (onDesks(day.host)) {
    const folder = `C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Content\\DetectionScripts\\${random.guid().slice(1, -1).toLowerCase()}_1.ps1`
    runner = day.spawn(
      atMs,
      agent,
      agentExecutor,
      `"${agentExecutor.path}"  -powershell  "${folder}" "C:\\Windows\\IMECache\\HealthScripts\\result.txt" 60 "C:\\Windows\\System32\\WindowsPowerShell\\v1.0" 0`,
    )
  }
  const script = day.spawn(
    atMs + 300,
    runner,
    powershell,
    '"powershell.exe" -NoProfile -executionPolicy bypass -file "detect.ps1"',
  )
  if (!random.chance(0.4)) return
  const name = random.word(8)
  const folder = onDesks(day.host) ? 'C:\\Windows\\Temp' : 'C:\\Windows\\SystemTemp'
  day.spawn(
    atMs + 1_900,
    script,
    csc,
    `"C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe" /noconfig /fullpaths @"${folder}\\${name}\\${name}.cmdline"`,
  )
}

/** Inventory, compliance and certificate agents on every computer. */
export const managementAgents: Behaviour = {
  name: 'management-agents',
  runsOn: everywhere,
  run: (day) => {
    const { machine } = day
    day.throughTheDay(1.6, (atMs) => inventory(day, atMs))
    day.throughTheDay(1.3, (atMs) => detectionScript(day, atMs))
    day.throughTheDay(0.25, (atMs) =>
      day.spawn(atMs, machine.service('ccm'), certutil, 'certutil.exe -pulse'),
    )
    day.throughTheDay(0.15, (atMs) =>
      day.spawn(
        atMs,
        machine.service('ccm'),
        cscript,
        String.raw`"C:\Windows\system32\cscript.exe" //nologo C:\Windows\System32\slmgr.vbs /dli`,
      ),
    )
  },
}
