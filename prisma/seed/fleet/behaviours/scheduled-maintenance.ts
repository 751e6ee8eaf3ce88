import type { HostDay } from '../host-day'
import { LOCAL_SERVICE } from '../process'
import { rundll32 } from '../programs/proxies'
import { type Behaviour, everywhere, onDesks } from './behaviour'

const RUN = String.raw`C:\Windows\system32\rundll32.exe`

/** Tasks of Windows' own task library that run through rundll32, with how often a day. */
const EVERYWHERE: readonly (readonly [number, string])[] = [
  [0.5, `${RUN} Startupscan.dll,SusRunTask`],
  [0.6, `${RUN} /d acproxy.dll,PerformAutochkOperations`],
  [0.5, `${RUN} C:\\Windows\\system32\\PcaSvc.dll,PcaPatchSdbTask`],
  [0.4, `${RUN} aepdu.dll,AePduRunUpdate -nolegacy`],
  [0.5, `${RUN} dfdts.dll,DfdGetDefaultPolicyAndSMART`],
  [0.15, `${RUN} ndfapi.dll,NdfRunDllDuplicateIPDefendingSystem`],
  [
    0.2,
    `${RUN} C:\\Windows\\system32\\pla.dll,PlaHost "Server Manager Performance Monitor" "0x2a4_0x1c8_0x1d0"`,
  ],
  [0.2, `${RUN} bfe.dll,BfeOnServiceStartTypeChange`],
]
const DESKS: readonly (readonly [number, string])[] = [
  [0.9, `${RUN} Windows.Storage.ApplicationData.dll,CleanupTemporaryState`],
  [0.5, `${RUN} /d C:\\Windows\\system32\\AppxDeploymentClient.dll,AppxPreStageCleanupRunTask`],
  [0.5, `${RUN} sysmain.dll,PfSvWsSwapAssessmentTask`],
  [0.25, `${RUN} edgehtml.dll,#125`],
  [0.2, `${RUN} C:\\Windows\\system32\\GeneralTel.dll,RunGeneralTelemetry -cV Xk3Tq0b1.2`],
]

function runAll(day: HostDay, tasks: readonly (readonly [number, string])[]): void {
  const scheduler = day.machine.service('schedule')
  for (const [mean, commandLine] of tasks) {
    day.throughTheDay(mean, (atMs) => day.spawn(atMs, scheduler, rundll32, commandLine))
  }
}

/** Windows' scheduled maintenance, started by the task scheduler at idle moments. */
export const scheduledMaintenance: Behaviour = {
  name: 'scheduled-maintenance',
  runsOn: everywhere,
  run: (day) => {
    runAll(day, EVERYWHERE)
    if (!onDesks(day.host)) return
    runAll(day, DESKS)
    day.throughTheDay(0.3, (atMs) => {
      const process = `${day.random.hex(4)}_${day.random.hex(4)}`
      const host = day.machine.service('diagnostics')
      day.spawn(
        atMs,
        host,
        rundll32,
        `${RUN} C:\\Windows\\system32\\pla.dll,PlaHost "System Diagnostics" "0x${process}"`,
        { account: LOCAL_SERVICE },
      )
    })
  },
}
