import type { HostDay } from '../host-day'
import { rundll32 } from '../programs/proxies'
import { spoolsv } from '../programs/windows'
import { type Behaviour, onDesks } from './behaviour'

const DRIVERS = String.raw`C:\Windows\system32\spool\DRIVERS\x64\3`
const QUEUES = ['zrh-2f-colour', 'zrh-3f-mono', 'nyc-lobby', 'blr-4f-colour', 'finance-mfp'] as const

function vendorStatus(day: HostDay): string {
  const { random } = day
  switch (day.host.printer) {
    case 'HP':
      return `${DRIVERS}\\hpmsn140.dll,MonitorPrintJobStatus /pjob=${random.between(2, 400)} /pname "HP LaserJet M507 PCL 6"`
    case 'Kyocera':
      return `"${DRIVERS}\\kxptool64.dll",StatusMonitor -q "\\\\srv-file-0002\\zrh-2f-colour"`
    case 'Ricoh':
      return `${DRIVERS}\\rica7alr.dll,ShowJobDialog ${random.between(100, 9000)}`
  }
}

/** Printers: the vendor's status window, added and chosen queues, preferences dialogs. */
export const printing: Behaviour = {
  name: 'printing',
  runsOn: onDesks,
  run: (day) => {
    const { random, shell, machine } = day
    day.whilePresent(1.4, (atMs) =>
      day.spawn(atMs, machine.service('spooler'), rundll32, `rundll32.exe ${vendorStatus(day)}`, {
        account: shell.account,
      }),
    )
    day.whilePresent(0.25, (atMs) =>
      day.spawn(
        atMs,
        shell,
        rundll32,
        `"C:\\Windows\\system32\\rundll32.exe" printui.dll,PrintUIEntry /${random.pick(['y', 'e', 'p', 'o'])} /n "\\\\srv-file-0002\\${random.pick(QUEUES)}"`,
      ),
    )
    day.whilePresent(0.08, (atMs) =>
      day.spawn(
        atMs,
        shell,
        rundll32,
        `rundll32 printui.dll,PrintUIEntry /in /n \\\\srv-file-0002\\${random.pick(QUEUES)}`,
      ),
    )
    day.throughTheDay(0.02, (atMs) =>
      day.spawn(atMs, machine.serviceControl, spoolsv, String.raw`C:\Windows\System32\spoolsv.exe`),
    )
  },
}
