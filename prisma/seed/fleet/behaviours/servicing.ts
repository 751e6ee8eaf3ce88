import { daysSincePatchTuesday } from '../calendar'
import { mofcomp, msiexec, rundll32, wlrmdr, wuauclt } from '../programs/proxies'
import { tiWorker, trustedInstaller, usoClient } from '../programs/windows'
import { type Behaviour, everywhere } from './behaviour'

/** Windows Update: a scan most days, and the monthly servicing when the host's ring is due. */
export const servicing: Behaviour = {
  name: 'servicing',
  runsOn: everywhere,
  run: (day) => {
    const { machine, random, host } = day
    const update = machine.service('update')
    day.throughTheDay(1.4, (atMs) =>
      day.spawn(
        atMs,
        machine.service('schedule'),
        usoClient,
        String.raw`C:\Windows\system32\usoclient.exe StartScan`,
      ),
    )
    day.throughTheDay(0.12, (atMs) =>
      day.spawn(
        atMs,
        update,
        wuauclt,
        `"C:\\Windows\\system32\\wuauclt.exe" /UpdateDeploymentProvider UpdateDeploymentProvider.dll /ClassId ${random.guid().slice(1, -1).toLowerCase()} /RunHandlerComServer`,
      ),
    )
    if (daysSincePatchTuesday(day.utcDay) !== host.ringDays) return
    const atMs = day.anytime()
    day.spawn(
      atMs,
      machine.serviceControl,
      trustedInstaller,
      String.raw`C:\Windows\servicing\TrustedInstaller.exe`,
    )
    day.spawn(atMs + 1_200, machine.service('dcom'), tiWorker, `${tiWorker.path} -Embedding`)
    const classId = random.guid().slice(1, -1).toLowerCase()
    day.spawn(
      atMs + 2_000,
      update,
      wuauclt,
      `"C:\\Windows\\system32\\wuauclt.exe" /UpdateDeploymentProvider UpdateDeploymentProvider.dll /ClassId ${classId} /RunHandlerComServer`,
    )
    day.spawn(atMs + 300_000, machine.serviceControl, msiexec, String.raw`C:\Windows\system32\msiexec.exe /V`)
    if (random.chance(0.4)) {
      day.spawn(
        atMs + 320_000,
        machine.service('dcom'),
        mofcomp,
        String.raw`C:\Windows\system32\wbem\mofcomp.exe "C:\Windows\system32\wbem\en-US\aeinv.mfl"`,
      )
    }
    if (random.chance(0.3)) {
      day.spawn(
        atMs + 340_000,
        machine.service('update'),
        rundll32,
        String.raw`rundll32.exe C:\Windows\system32\migration\WMIMigrationPlugin.dll,RunMigration`,
      )
    }
    if (day.presence.person !== null && random.chance(0.2)) {
      day.spawn(
        atMs + 400_000,
        machine.service('update'),
        wlrmdr,
        'wlrmdr.exe -s 30000 -f 2 -t "Updates are ready" -m "Please restart your computer today."',
        { account: day.shell.account },
      )
    }
  },
}
