import type { HostDay } from '../host-day'
import * as proxies from '../programs/proxies'
import { cmd } from '../programs/windows'
import { type Behaviour, onDesks } from './behaviour'

/** Things people with administrator rights do once: each of them rare, none of them an attack. */
const ODDITIES: readonly ((day: HostDay, atMs: number) => void)[] = [
  (day, atMs) =>
    day.spawn(
      atMs,
      day.shell,
      proxies.regsvr32,
      `"C:\\Windows\\System32\\regsvr32.exe" "C:\\Users\\${day.person}\\Downloads\\mscomct2\\MSCOMCT2.OCX"`,
      { account: day.elevatedAccount },
    ),
  (day, atMs) => {
    const shell = day.spawn(atMs, day.shell, cmd, String.raw`"C:\Windows\system32\cmd.exe"`, {
      account: day.elevatedAccount,
    })
    day.spawn(
      atMs + 20_000,
      shell,
      proxies.certutil,
      `certutil  -decode signed.b64 licence-${day.random.between(100, 999)}.bin`,
    )
  },
  (day, atMs) =>
    day.spawn(
      atMs,
      day.shell,
      proxies.msiexec,
      `"C:\\Windows\\System32\\msiexec.exe" /i "C:\\Users\\${day.person}\\Downloads\\${day.random.pick(['putty-64bit-0.80', 'VirtualBox-7.0.12', 'PowerToysSetup', 'draw.io-22.1.16'])}.msi"`,
      { account: day.elevatedAccount },
    ),
  (day, atMs) =>
    day.spawn(
      atMs,
      day.shell,
      proxies.pcalua,
      String.raw`"C:\Windows\System32\pcalua.exe" -a "D:\setup\AUTORUN.EXE" -d D:\setup`,
    ),
  (day, atMs) =>
    day.spawn(
      atMs,
      day.shell,
      proxies.mshta,
      `"C:\\Windows\\System32\\mshta.exe" "D:\\${day.random.pick(['manual', 'start', 'index'])}.hta"`,
    ),
  (day, atMs) => {
    const shell = day.spawn(atMs, day.shell, cmd, String.raw`"C:\Windows\system32\cmd.exe"`, {
      account: day.elevatedAccount,
    })
    day.spawn(atMs + 9_000, shell, proxies.wmic, 'wmic  useraccount where name="guest" get sid')
    day.spawn(atMs + 40_000, shell, proxies.bitsadmin, 'bitsadmin  /list /allusers /verbose')
  },
  (day, atMs) =>
    day.spawn(
      atMs,
      day.shell,
      proxies.wscript,
      `"C:\\Windows\\System32\\WScript.exe" "C:\\Users\\${day.person}\\Desktop\\${day.random.pick(['rename photos', 'toggle-proxy', 'numlock'])}.vbs"`,
    ),
  (day, atMs) =>
    day.spawn(
      atMs,
      day.shell,
      proxies.rundll32,
      `"C:\\Windows\\system32\\rundll32.exe" ${day.random.pick(['keymgr.dll,KRShowKeyMgr', 'shell32.dll,Options_RunDLL 7', 'newdev.dll,DeviceInternetSettingUi 5', 'netplwiz.dll,UsersRunDll', 'powrprof.dll,SetSuspendState 0,1,0'])}`,
    ),
  (day, atMs) =>
    day.spawn(
      atMs,
      day.shell,
      proxies.infDefaultInstall,
      `"C:\\Windows\\System32\\InfDefaultInstall.exe" "C:\\Users\\${day.person}\\Downloads\\usb-serial\\ftdibus.inf"`,
      { account: day.elevatedAccount },
    ),
  (day, atMs) =>
    day.spawn(
      atMs,
      day.shell,
      proxies.control,
      `"C:\\Windows\\System32\\control.exe" "C:\\Program Files\\QuickTime\\QuickTime.cpl"`,
    ),
  (day, atMs) =>
    day.spawn(
      atMs,
      day.shell,
      proxies.odbcconf,
      String.raw`odbcconf.exe /A {INSTALLDRIVER "Reports (x64)|Driver=C:\Program Files\Reports\odbc64.dll"}`,
      { account: day.elevatedAccount },
    ),
]

/** The long tail of legitimate use. */
export const rareButBenign: Behaviour = {
  name: 'rare-but-benign',
  runsOn: onDesks,
  run: (day) => {
    const mean = day.host.person.admin ? 0.12 : 0.015
    day.whilePresent(mean, (atMs) => {
      const oddity = ODDITIES[day.random.below(ODDITIES.length)]
      oddity?.(day, atMs)
    })
  },
}
