import type { HostDay } from '../host-day'
import * as proxies from '../programs/proxies'
import * as win from '../programs/windows'
import { type Behaviour, onServers } from './behaviour'

function rotateLogs(day: HostDay, folder: string): void {
  const atMs = day.localTime(2, 20)
  if (!day.isOn(atMs)) return
  const shell = day.spawn(
    atMs,
    day.machine.service('schedule'),
    win.cmd,
    `C:\\Windows\\system32\\cmd.exe /c "D:\\Scripts\\rotate.cmd"`,
  )
  day.spawn(
    atMs + 120,
    shell,
    proxies.forfiles,
    `forfiles  /p ${folder} /s /m *.log /d -30 /c "cmd /c del @path"`,
  )
  if (day.random.chance(0.3)) day.spawn(atMs + 900, shell, proxies.fsutil, 'fsutil  volume diskfree d:')
}

function backUp(day: HostDay): void {
  const atMs = day.localTime(23, 30)
  if (!day.isOn(atMs)) return
  const shell = day.spawn(
    atMs,
    day.machine.service('backup'),
    win.cmd,
    String.raw`C:\Windows\system32\cmd.exe /c "D:\Scripts\snapshot.cmd"`,
  )
  day.spawn(atMs + 300, shell, proxies.diskshadow, String.raw`diskshadow.exe /s D:\Scripts\snapshot.dsh`)
  day.spawn(atMs + 60_000, shell, win.robocopy, String.raw`robocopy.exe D:\Shares E:\Backup /mir /r:1 /w:1`)
}

function serveWeb(day: HostDay): void {
  const pool = day.machine.service('web-pool')
  const root = String.raw`C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Temporary ASP.NET Files\root`
  day.throughTheDay(6, (atMs) => {
    const name = day.random.word(8)
    const compiler = day.random.chance(0.8) ? proxies.csc : proxies.vbc
    day.spawn(
      atMs,
      pool,
      compiler,
      `"${compiler.path}" /noconfig /fullpaths @"${root}\\5d2f3a1c\\e81b7d02\\${name}.cmdline"`,
    )
  })
  day.throughTheDay(0.3, (atMs) =>
    day.spawn(
      atMs,
      pool,
      proxies.aspnetCompiler,
      String.raw`aspnet_compiler.exe -v /Intranet -p D:\inetpub\intranet -u`,
    ),
  )
  day.throughTheDay(2, (atMs) =>
    day.spawn(
      atMs,
      day.machine.service('schedule'),
      win.appcmd,
      String.raw`C:\Windows\System32\inetsrv\appcmd.exe list wp`,
    ),
  )
}

function distribute(day: HostDay): void {
  const server = day.machine.service('site-server')
  day.throughTheDay(6, (atMs) =>
    day.spawn(
      atMs,
      server,
      proxies.certutil,
      `certutil.exe -hashfile "D:\\SMSPKGD$\\PS100${day.random.hex(3).toUpperCase()}\\setup.msi" SHA256`,
    ),
  )
  day.throughTheDay(1.5, (atMs) =>
    day.spawn(
      atMs,
      server,
      proxies.wmic,
      'wmic  /namespace:\\\\root\\sms\\site_PS1 path SMS_PackageStatus get PackageID,Installed',
    ),
  )
  day.throughTheDay(0.4, (atMs) =>
    day.spawn(
      atMs,
      server,
      proxies.mofcomp,
      String.raw`mofcomp.exe -check "D:\Program Files\Microsoft Configuration Manager\inboxes\clifiles.src\hinv\configuration.mof"`,
    ),
  )
}

function runErp(day: HostDay): void {
  const service = day.machine.service('erp')
  day.throughTheDay(9, (atMs) =>
    day.spawn(
      atMs,
      service,
      proxies.cscript,
      `cscript.exe //nologo "D:\\Apps\\Ledgerline\\jobs\\${day.random.pick(['post', 'rates', 'archive', 'notify'])}.js" /job:${day.random.between(10_000, 99_999)}`,
      { currentDirectory: 'D:\\Apps\\Ledgerline\\' },
    ),
  )
  day.throughTheDay(0.2, (atMs) =>
    day.spawn(atMs, service, proxies.regsvr32, String.raw`regsvr32 /s D:\Apps\Ledgerline\bin\LedgerCom.dll`),
  )
}

function keepDirectory(day: HostDay): void {
  const scheduler = day.machine.service('schedule')
  day.throughTheDay(4, (atMs) =>
    day.spawn(atMs, scheduler, win.w32tm, String.raw`C:\Windows\system32\w32tm.exe /resync /nowait`),
  )
  day.throughTheDay(1.5, (atMs) =>
    day.spawn(atMs, scheduler, proxies.certutil, 'certutil.exe -dcinfo verify'),
  )
  day.throughTheDay(2, (atMs) =>
    day.spawn(
      atMs,
      scheduler,
      proxies.cscript,
      String.raw`cscript.exe //nologo \\corp.example\netlogon\admin\stale-accounts.vbs /report`,
    ),
  )
  day.throughTheDay(1.2, (atMs) =>
    day.spawn(atMs, scheduler, win.nltest, 'nltest.exe /sc_query:corp.example'),
  )
}

/** What each kind of server is there for. */
export const serverDuties: Behaviour = {
  name: 'server-duties',
  runsOn: onServers,
  run: (day) => {
    if (day.host.role === 'domain-controller') {
      keepDirectory(day)
      backUp(day)
      return
    }
    rotateLogs(day, day.host.duty === 'web' ? String.raw`D:\inetpub\logs` : String.raw`D:\Logs`)
    if (day.host.duty === 'file') backUp(day)
    if (day.host.duty === 'web') serveWeb(day)
    if (day.host.duty === 'distribution') distribute(day)
    if (day.host.duty === 'application') runErp(day)
  },
}
