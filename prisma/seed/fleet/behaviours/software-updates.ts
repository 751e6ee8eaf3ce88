import type { HostDay } from '../host-day'
import * as apps from '../programs/applications'
import { bitsadmin, msiexec, msiexecx86, regsvr32, regsvr32x86 } from '../programs/proxies'
import { cmd } from '../programs/windows'
import { type Behaviour, onDesks } from './behaviour'

function oneDriveRelease(day: HostDay): string {
  return `23.${200 + (Math.floor(day.utcDay / 14) % 60)}.${1000 + ((Math.floor(day.utcDay / 14) * 37) % 900)}.0002`
}

function updateOneDrive(day: HostDay, atMs: number): void {
  const updater = apps.userProgram(day.person, 'OneDriveUpdater')
  const parent = day.spawn(atMs, day.machine.service('schedule'), updater, `"${updater.path}"`, {
    account: day.shell.account,
  })
  const folder = `C:\\Users\\${day.person}\\AppData\\Local\\Microsoft\\OneDrive\\${oneDriveRelease(day)}`
  if (day.random.chance(0.5)) {
    day.spawn(
      atMs + 4_000,
      parent,
      regsvr32,
      `C:\\Windows\\system32\\regsvr32.exe /s "${folder}\\FileSyncShell64.dll"`,
    )
  }
}

function updateAcrobat(day: HostDay, atMs: number): void {
  const arm = day.spawn(
    atMs,
    day.shell,
    apps.adobeArm,
    `"${apps.adobeArm.path}" /PRODUCT:Acrobat /VERSION:23.0 /MODE:3`,
  )
  if (!day.random.chance(0.35)) return
  const patch = `AcroRdrDCx64Upd23006${day.random.between(20_300, 20_420)}.msp`
  const installer = day.spawn(
    atMs + 9_000,
    arm,
    msiexecx86,
    `"C:\\Windows\\SysWOW64\\msiexec.exe" /p "C:\\ProgramData\\Adobe\\ARM\\S\\${day.random.between(100, 99_999)}\\${patch}" REINSTALLMODE=omus /qn`,
    { account: day.elevatedAccount },
  )
  const service = day.spawn(
    installer.startMs + 900,
    day.machine.serviceControl,
    msiexec,
    String.raw`C:\Windows\system32\msiexec.exe /V`,
  )
  day.spawn(
    service.startMs + 5_000,
    service,
    regsvr32x86,
    String.raw`"C:\Windows\SysWOW64\regsvr32.exe" /s "C:\Program Files\Common Files\Adobe\Acrobat\ActiveX\AcroPDF.dll"`,
  )
}

/** An updater of the nineties that downloads with bitsadmin. */
function updateCad(day: HostDay, atMs: number): void {
  const job = `CadView${day.random.between(1_000, 9_999)}`
  const shell = day.spawn(
    atMs,
    day.machine.service('cad-updater'),
    cmd,
    String.raw`C:\Windows\system32\cmd.exe /c "C:\Program Files (x86)\Stratus\CadView\update.bat"`,
  )
  day.spawn(
    atMs + 200,
    shell,
    bitsadmin,
    `bitsadmin  /transfer ${job} /download /priority normal http://updates.stratus.example/cadview/manifest.xml C:\\ProgramData\\Stratus\\manifest.xml`,
  )
}

/** Programs that keep themselves up to date. */
export const softwareUpdates: Behaviour = {
  name: 'software-updates',
  runsOn: onDesks,
  run: (day) => {
    const { machine } = day
    day.throughTheDay(1.6, (atMs) =>
      day.spawn(
        atMs,
        machine.service('schedule'),
        apps.googleUpdate,
        `"${apps.googleUpdate.path}" /ua /installsource scheduler`,
      ),
    )
    day.throughTheDay(1.2, (atMs) =>
      day.spawn(atMs, machine.service('schedule'), apps.edgeUpdate, `"${apps.edgeUpdate.path}" /c`),
    )
    day.throughTheDay(0.5, (atMs) =>
      day.spawn(
        atMs,
        machine.service('schedule'),
        apps.officeClickToRun,
        `"${apps.officeClickToRun.path}" /frequentupdate SCHEDULEDTASK displaylevel=False`,
      ),
    )
    day.whilePresent(0.3, (atMs) => updateOneDrive(day, atMs))
    day.whilePresent(0.12, (atMs) => updateAcrobat(day, atMs))
    if (day.host.role === 'workstation' && day.host.person.department === 'operations') {
      day.throughTheDay(1.4, (atMs) => updateCad(day, atMs))
    }
  },
}
