import { windows } from './program'

const WBEM = String.raw`System32\wbem`
const POWERSHELL = String.raw`System32\WindowsPowerShell\v1.0`

export const wininit = windows('wininit.exe', 'WinInit.exe', 'Windows Start-Up Application')
export const winlogon = windows('winlogon.exe', 'WINLOGON.EXE', 'Windows Logon Application')
export const services = windows('services.exe', 'services.exe', 'Services and Controller app')
export const lsass = windows('lsass.exe', 'lsass.exe', 'Local Security Authority Process')
export const svchost = windows('svchost.exe', 'svchost.exe', 'Host Process for Windows Services')
export const spoolsv = windows('spoolsv.exe', 'spoolsv.exe', 'Spooler SubSystem App')
export const userinit = windows('userinit.exe', 'USERINIT.EXE', 'Userinit Logon Application')
export const explorer = windows('explorer.exe', 'EXPLORER.EXE', 'Windows Explorer', 'Windows')
export const taskhostw = windows('taskhostw.exe', 'taskhostw.exe', 'Host Process for Windows Tasks')
export const dllhost = windows('dllhost.exe', 'dllhost.exe', 'COM Surrogate')
export const runtimeBroker = windows('RuntimeBroker.exe', 'RuntimeBroker.exe', 'Runtime Broker')
export const backgroundTaskHost = windows(
  'backgroundTaskHost.exe',
  'backgroundTaskHost.exe',
  'Background Task Host',
)
export const wmiPrvSE = windows('WmiPrvSE.exe', 'Wmiprvse.exe', 'WMI Provider Host', WBEM)
export const splwow64 = windows(
  'splwow64.exe',
  'splwow64.exe',
  'Print driver host for applications',
  'Windows',
)
export const searchIndexer = windows(
  'SearchIndexer.exe',
  'SearchIndexer.exe',
  'Microsoft Windows Search Indexer',
)
export const searchProtocolHost = windows(
  'SearchProtocolHost.exe',
  'SearchProtocolHost.exe',
  'Microsoft Windows Search Protocol Host',
)
export const compatTelRunner = windows(
  'CompatTelRunner.exe',
  'CompatTelRunner.exe',
  'Microsoft Compatibility Telemetry',
)
export const trustedInstaller = windows(
  'TrustedInstaller.exe',
  'TrustedInstaller.exe',
  'Windows Modules Installer',
  'servicing',
)
export const tiWorker = windows(
  'TiWorker.exe',
  'TiWorker.exe',
  'Windows Modules Installer Worker',
  String.raw`WinSxS\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.1_none`,
)
export const usoClient = windows('UsoClient.exe', 'UsoClient.exe', 'UsoClient')
export const sdiagnhost = windows('sdiagnhost.exe', 'sdiagnhost.exe', 'Scripted Diagnostics Native Host')
export const cmd = windows('cmd.exe', 'Cmd.Exe', 'Windows Command Processor')
export const powershell = windows('powershell.exe', 'PowerShell.EXE', 'Windows PowerShell', POWERSHELL)
export const notepad = windows('notepad.exe', 'NOTEPAD.EXE', 'Notepad')
export const whoami = windows('whoami.exe', 'whoami.exe', 'whoami - displays logged on user information')
export const net = windows('net.exe', 'net.exe', 'Net Command')
export const ipconfig = windows('ipconfig.exe', 'ipconfig.exe', 'IP Configuration Utility')
export const nltest = windows('nltest.exe', 'nltestrk.exe', 'Microsoft Logon Server Test Utility')
export const tasklist = windows('tasklist.exe', 'tasklist.exe', 'Lists the current running tasks')
export const sc = windows('sc.exe', 'sc.exe', 'Service Control Manager Configuration Tool')
export const w32tm = windows('w32tm.exe', 'w32time.exe', 'Windows Time Service Diagnostic Tool')
export const dfsrs = windows('dfsrs.exe', 'dfsr.exe', 'Distributed File System Replication')
export const dnsServer = windows('dns.exe', 'dns.exe', 'Domain Name System (DNS) Server')
export const robocopy = windows('robocopy.exe', 'RoboCopy.EXE', 'Microsoft Robocopy')
export const schtasks = windows('schtasks.exe', 'schtasks.exe', 'Task Scheduler Configuration Tool')
export const w3wp = windows('w3wp.exe', 'w3wp.exe', 'IIS Worker Process', String.raw`System32\inetsrv`)
export const appcmd = windows(
  'appcmd.exe',
  'appcmd.exe',
  'Application Server Command Line Admin Tool',
  String.raw`System32\inetsrv`,
)
