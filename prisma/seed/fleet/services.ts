import type { Host } from './fleet'
import { type Account, LOCAL_SERVICE, NETWORK_SERVICE, SYSTEM } from './process'
import * as apps from './programs/applications'
import type { Program } from './programs/program'
import * as win from './programs/windows'

export type ServiceName =
  | 'schedule'
  | 'dcom'
  | 'profiles'
  | 'update'
  | 'webclient'
  | 'diagnostics'
  | 'spooler'
  | 'wmi'
  | 'indexer'
  | 'defender'
  | 'ccm'
  | 'intune'
  | 'hardware'
  | 'monitoring'
  | 'inventory'
  | 'backup'
  | 'erp'
  | 'site-server'
  | 'web-pool'
  | 'cad-updater'
  | 'build-agent'
  | 'dns'
  | 'replication'

export type Service = {
  name: ServiceName
  program: Program
  commandLine: string
  account: Account
  /** Started by another service's process instead of services.exe. */
  under?: ServiceName
  runsOn?: (host: Host) => boolean
}

const hosted = (name: ServiceName, group: string, service: string, account = SYSTEM): Service => ({
  name,
  program: win.svchost,
  commandLine: `C:\\Windows\\system32\\svchost.exe -k ${group}${service === '' ? '' : ` -s ${service}`}`,
  account,
})
const own = (
  name: ServiceName,
  program: Program,
  runsOn?: (host: Host) => boolean,
  account: Account = SYSTEM,
): Service => ({ name, program, commandLine: `"${program.path}"`, account, ...(runsOn && { runsOn }) })

const isDesk = (host: Host) => host.role === 'workstation' || host.role === 'developer'
const isServing = (host: Host) => !isDesk(host)

/** The services that outlive any single day, in the order in which they start. */
const SERVICES: readonly Service[] = [
  hosted('dcom', 'DcomLaunch -p', ''),
  hosted('schedule', 'netsvcs -p', 'Schedule'),
  hosted('profiles', 'netsvcs -p', 'gpsvc'),
  hosted('update', 'netsvcs -p', 'wuauserv'),
  { ...hosted('webclient', 'LocalService -p', 'WebClient', LOCAL_SERVICE), runsOn: isDesk },
  hosted('diagnostics', 'LocalServiceNoNetwork -p', 'DPS', LOCAL_SERVICE),
  own('defender', apps.defender),
  { ...own('spooler', win.spoolsv), commandLine: String.raw`C:\Windows\System32\spoolsv.exe` },
  {
    name: 'wmi',
    program: win.wmiPrvSE,
    commandLine: String.raw`C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding`,
    account: NETWORK_SERVICE,
    under: 'dcom',
  },
  {
    ...own('indexer', win.searchIndexer, isDesk),
    commandLine: String.raw`C:\Windows\system32\SearchIndexer.exe /Embedding`,
  },
  { ...own('ccm', apps.ccmExec), commandLine: String.raw`C:\Windows\CCM\CcmExec.exe` },
  own('intune', apps.intuneAgent, isDesk),
  own('inventory', apps.inventoryAgent),
  own('monitoring', apps.monitoringHost, isServing),
  own('backup', apps.backupAgent, (host) => host.duty === 'file' || host.role === 'domain-controller'),
  own('erp', apps.erpService, (host) => host.duty === 'application', NETWORK_SERVICE),
  own('site-server', apps.smsExec, (host) => host.duty === 'distribution'),
  {
    name: 'web-pool',
    program: win.w3wp,
    commandLine: String.raw`c:\windows\system32\inetsrv\w3wp.exe -ap "Intranet" -v "v4.0" -l "webengine4.dll" -h "C:\inetpub\temp\apppools\Intranet\Intranet.config"`,
    account: NETWORK_SERVICE,
    runsOn: (host) => host.duty === 'web',
  },
  own(
    'cad-updater',
    apps.legacyUpdater,
    (host) => host.role === 'workstation' && host.person.department === 'operations',
  ),
  own('build-agent', apps.buildAgent, (host) => host.role === 'developer' && host.index % 3 === 0),
  own('dns', win.dnsServer, (host) => host.role === 'domain-controller'),
  own('replication', win.dfsrs, (host) => host.role === 'domain-controller' || host.duty === 'file'),
]

/** The services installed on a host, its hardware vendor's among them. */
export function servicesOf(host: Host): Service[] {
  const installed = SERVICES.filter((service) => service.runsOn === undefined || service.runsOn(host))
  return isDesk(host) ? [...installed, own('hardware', apps.HARDWARE_SERVICES[host.hardware])] : installed
}
