import { excel } from '../programs/applications'
import { cscript, mshta, wscript } from '../programs/proxies'
import type { Behaviour } from './behaviour'

/** The finance department's old ledger: an HTML application on a share, and its month-end export. */
export const financeApplications: Behaviour = {
  name: 'finance-applications',
  runsOn: (host) => host.role === 'workstation' && host.person.department === 'finance',
  run: (day) => {
    const { random, shell } = day
    day.whilePresent(2.5, (atMs) => {
      const ledger = day.spawn(
        atMs,
        shell,
        mshta,
        String.raw`"C:\Windows\SysWOW64\mshta.exe" "\\srv-file-0002\apps\ledger\ledger.hta" {1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}{1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}`,
      )
      if (random.chance(0.3))
        day.spawn(
          atMs + 400_000,
          ledger,
          excel,
          `"${excel.path}" /e "\\\\srv-file-0002\\finance\\export\\${random.between(10_000, 99_999)}.csv"`,
        )
    })
    day.whilePresent(0.5, (atMs) =>
      day.spawn(atMs, shell, wscript, String.raw`"C:\Windows\System32\WScript.exe" "S:\macros\rates.vbs"`),
    )
    const dayOfMonth = new Date(day.startMs).getUTCDate()
    if (dayOfMonth > 3) return
    day.whilePresent(1.5, (atMs) =>
      day.spawn(
        atMs,
        shell,
        cscript,
        `cscript.exe //nologo "\\\\srv-file-0002\\apps\\ledger\\month-end.vbs" /period:${new Date(day.startMs).toISOString().slice(0, 7)}`,
      ),
    )
  },
}
