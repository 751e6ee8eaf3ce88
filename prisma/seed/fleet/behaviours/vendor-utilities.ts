import type { HostDay } from '../host-day'
import { regsvr32x86, rundll32, rundll32x86 } from '../programs/proxies'
import { cmd } from '../programs/windows'
import { type Behaviour, onDesks } from './behaviour'

/** What each hardware vendor's support software does by itself, day after day. */
function supportSoftware(day: HostDay, atMs: number): void {
  const service = day.machine.service('hardware')
  switch (day.host.hardware) {
    case 'HP':
      day.spawn(
        atMs,
        service,
        rundll32,
        String.raw`rundll32.exe "C:\Program Files\HP\HP Support Framework\Resources\HPSSFUpdater.dll",CheckUpdates silent`,
      )
      return
    case 'Lenovo':
      day.spawn(
        atMs,
        service,
        rundll32x86,
        String.raw`"C:\Windows\SysWOW64\rundll32.exe" "C:\ProgramData\Lenovo\ImController\Plugins\LenovoBatteryGaugePackage\x86\LenovoBatteryGaugeAddin.dll",RefreshState`,
      )
      return
    case 'Dell': {
      const shell = day.spawn(
        atMs,
        service,
        cmd,
        String.raw`C:\Windows\system32\cmd.exe /c ""C:\Program Files\Dell\SupportAssistAgent\bin\collect.cmd""`,
      )
      day.spawn(
        atMs + 150,
        shell,
        rundll32,
        String.raw`rundll32.exe  "C:\Program Files\Dell\SupportAssistAgent\bin\DellHealth.dll",RunScan 0`,
      )
    }
  }
}

/** Utilities that came with the hardware: start-up entries, tray tools, a driver's panel. */
export const vendorUtilities: Behaviour = {
  name: 'vendor-utilities',
  runsOn: onDesks,
  run: (day) => {
    const { presence, host, shell } = day
    day.throughTheDay(1.6, (atMs) => supportSoftware(day, atMs))
    if (presence.boots && presence.person !== null) {
      const logonMs = presence.person.fromMs
      if (host.index % 3 === 0)
        day.spawn(
          logonMs + 12_000,
          shell,
          rundll32,
          String.raw`"C:\Windows\System32\rundll32.exe" C:\Windows\System32\LogiLDA.dll,LogiFetch`,
        )
      if (host.index % 4 === 1)
        day.spawn(
          logonMs + 13_000,
          shell,
          rundll32,
          String.raw`"C:\Windows\system32\rundll32.exe" C:\Windows\system32\nvspcap64.dll,ShadowPlayOnSystemStart`,
        )
      if (host.index % 5 === 2)
        day.spawn(
          logonMs + 14_000,
          shell,
          rundll32,
          String.raw`rundll32.exe "C:\Program Files\Conexant\SA3\SACpl.cpl",Initialize`,
        )
    }
    day.whilePresent(0.03, (atMs) =>
      day.spawn(
        atMs,
        day.machine.service('hardware'),
        regsvr32x86,
        String.raw`"C:\Windows\SysWOW64\regsvr32.exe" /s "C:\Program Files (x86)\Common Files\Realtek\RtkCom32.dll"`,
      ),
    )
  },
}
