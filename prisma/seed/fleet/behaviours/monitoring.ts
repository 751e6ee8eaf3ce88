import { HOUR_MS } from '../calendar'
import type { HostDay } from '../host-day'
import { cscript } from '../programs/proxies'
import { type Behaviour, onServers } from './behaviour'

const SCRIPTS = [
  'MonitorKnowledgeDiscovery.vbs',
  'Microsoft.Windows.Server.DiskFreeSpace.vbs',
  'DiscoverLogicalDisks.vbs',
  'CPUUtilization.vbs',
] as const
const EVERY_HOURS = 4

function runScript(day: HostDay, atMs: number): void {
  const { random, machine, host } = day
  const script = random.pick(SCRIPTS)
  const folder = `C:\\Program Files\\Microsoft Monitoring Agent\\Agent\\Health Service State\\Monitoring Host Temporary Files ${host.index % 9}\\${100 + host.index}`
  const tail = script.startsWith('Discover')
    ? ` 0 ${random.guid()} ${random.guid()} ${host.name}`
    : ` ${host.name} 2 10`
  day.spawn(
    atMs,
    machine.service('monitoring'),
    cscript,
    `"C:\\Windows\\system32\\cscript.exe" /nologo "${script}"${tail}`,
    { currentDirectory: `${folder}\\` },
  )
}

/** The monitoring agent's scripts: every few hours on every server, day and night. */
export const monitoring: Behaviour = {
  name: 'monitoring',
  runsOn: onServers,
  run: (day) => {
    const offsetMs = (day.host.index % 12) * 300_000
    for (let hour = 0; hour < 24; hour += EVERY_HOURS) {
      const atMs = day.startMs + hour * HOUR_MS + offsetMs + day.random.below(4_000)
      if (day.isOn(atMs)) runScript(day, atMs)
    }
    day.throughTheDay(4, (atMs) => runScript(day, atMs))
  },
}
