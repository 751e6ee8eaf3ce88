import type { HostDay } from '../host-day'
import { atbroker, control, rundll32 } from '../programs/proxies'
import { type Behaviour, onDesks } from './behaviour'

const PANELS = [
  'desk.cpl',
  'mmsys.cpl',
  'timedate.cpl',
  'main.cpl',
  'ncpa.cpl',
  'intl.cpl',
  'powercfg.cpl',
] as const
const NAMED = [
  'Microsoft.DevicesAndPrinters',
  'Microsoft.Sound',
  'Microsoft.UserAccounts',
  'Microsoft.PowerOptions',
  'Microsoft.Mouse',
  'Microsoft.ProgramsAndFeatures',
] as const

function openPanel(day: HostDay, atMs: number): void {
  const { random, shell } = day
  if (random.chance(0.35)) {
    day.spawn(atMs, shell, control, `"C:\\Windows\\System32\\control.exe" /name ${random.pick(NAMED)}`)
    return
  }
  const panel = random.pick(PANELS)
  const opener = day.spawn(atMs, shell, control, `"C:\\Windows\\System32\\control.exe" ${panel}`)
  const page = random.chance(0.3) ? `,,${random.below(3)}` : ','
  day.spawn(
    atMs + 120,
    opener,
    rundll32,
    `"C:\\Windows\\system32\\rundll32.exe" Shell32.dll,Control_RunDLL C:\\Windows\\System32\\${panel}${page}`,
  )
}

/** People who change settings, and the on-screen keyboard of those who need it. */
export const controlPanels: Behaviour = {
  name: 'control-panels',
  runsOn: onDesks,
  run: (day) => {
    day.whilePresent(0.5, (atMs) => openPanel(day, atMs))
    if (day.host.index % 17 === 4) {
      day.whilePresent(0.8, (atMs) =>
        day.spawn(atMs, day.shell, atbroker, String.raw`"C:\Windows\System32\AtBroker.exe" /start osk`),
      )
    }
  },
}
