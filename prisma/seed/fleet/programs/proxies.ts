import { application, type Program, windows } from './program'

const WBEM = String.raw`System32\wbem`
const DOTNET = String.raw`Microsoft.NET\Framework64\v4.0.30319`
const DOTNET32 = String.raw`Microsoft.NET\Framework\v4.0.30319`
const VISUAL_STUDIO = String.raw`C:\Program Files\Microsoft Visual Studio\2022\Professional`
const DEBUGGERS = String.raw`C:\Program Files (x86)\Windows Kits\10\Debuggers\x64`

export const rundll32 = windows('rundll32.exe', 'RUNDLL32.EXE', 'Windows host process (Rundll32)')
export const rundll32x86 = windows(
  'rundll32.exe',
  'RUNDLL32.EXE',
  'Windows host process (Rundll32)',
  'SysWOW64',
)
export const regsvr32 = windows('regsvr32.exe', 'REGSVR32.EXE', 'Microsoft(C) Register Server')
export const regsvr32x86 = windows('regsvr32.exe', 'REGSVR32.EXE', 'Microsoft(C) Register Server', 'SysWOW64')
export const mshta = windows('mshta.exe', 'MSHTA.EXE', 'Microsoft (R) HTML Application host')
export const msiexec = windows('msiexec.exe', 'msiexec.exe', 'Windows® installer')
export const msiexecx86 = windows('msiexec.exe', 'msiexec.exe', 'Windows® installer', 'SysWOW64')
export const wscript = windows('wscript.exe', 'wscript.exe', 'Microsoft ® Windows Based Script Host')
export const cscript = windows('cscript.exe', 'cscript.exe', 'Microsoft ® Console Based Script Host')
export const wmic = windows('WMIC.exe', 'wmic.exe', 'WMI Commandline Utility', WBEM)
export const mofcomp = windows('mofcomp.exe', 'mofcomp.exe', 'The Managed Object Format (MOF) Compiler', WBEM)
export const certutil = windows('certutil.exe', 'CertUtil.exe', 'CertUtil.exe')
export const bitsadmin = windows('bitsadmin.exe', 'bitsadmin.exe', 'BITS administration utility')
export const verclsid = windows('verclsid.exe', 'verclsid.exe', 'Extension CLSID Verification Host')
export const mmc = windows('mmc.exe', 'mmc.exe', 'Microsoft Management Console')
export const control = windows('control.exe', 'CONTROL.EXE', 'Windows Control Panel')
export const forfiles = windows(
  'forfiles.exe',
  'FORFILES.EXE',
  'ForFiles - Executes a command on selected files',
)
export const odbcconf = windows('odbcconf.exe', 'odbcconf.exe', 'ODBC Driver Configuration Program')
export const cmstp = windows('cmstp.exe', 'CMSTP.EXE', 'Microsoft Connection Manager Profile Installer')
export const msdt = windows('msdt.exe', 'msdt.exe', 'Diagnostics Troubleshooting Wizard')
export const hh = windows('hh.exe', 'HH.exe', 'Microsoft® HTML Help Executable', 'Windows')
export const runonce = windows('runonce.exe', 'RUNONCE.EXE', 'Run Once Wrapper')
export const gpscript = windows('gpscript.exe', 'GPSCRIPT.EXE', 'Group Policy Script Application')
export const ie4uinit = windows('ie4uinit.exe', 'IE4UINIT.EXE', 'IE Per-User Initialization Utility')
export const unregmp2 = windows(
  'unregmp2.exe',
  'unregmp2.exe',
  'Microsoft Windows Media Player Setup Utility',
)
export const wuauclt = windows('wuauclt.exe', 'wuauclt.exe', 'Windows Update')
export const provlaunch = windows(
  'provlaunch.exe',
  'provlaunch.exe',
  'Provisioning package runtime launching tool',
)
export const pcalua = windows('pcalua.exe', 'pcalua.exe', 'Program Compatibility Assistant')
export const mavinject = windows(
  'mavinject.exe',
  'mavinject64.exe',
  'Microsoft Application Virtualization Injector',
)
export const diskshadow = windows('diskshadow.exe', 'diskshadow.exe', 'DiskShadow')
export const fsutil = windows('fsutil.exe', 'fsutil.exe', 'fsutil.exe')
export const msconfig = windows('msconfig.exe', 'msconfig.exe', 'System Configuration Utility')
export const atbroker = windows('AtBroker.exe', 'ATBroker.exe', 'Windows Assistive Technology Manager')
export const infDefaultInstall = windows(
  'InfDefaultInstall.exe',
  'InfDefaultInstall.EXE',
  'INF Default Install',
)
export const wlrmdr = windows('wlrmdr.exe', 'WLRMNDR.EXE', 'Windows logon reminder')
export const csc = windows('csc.exe', 'csc.exe', 'Visual C# Command Line Compiler', DOTNET)
export const vbc = windows('vbc.exe', 'vbc.exe', 'Visual Basic Command Line Compiler', DOTNET)
export const regasm = windows(
  'RegAsm.exe',
  'RegAsm.exe',
  'Microsoft .NET Assembly Registration Utility',
  DOTNET,
)
export const regasmx86 = windows(
  'RegAsm.exe',
  'RegAsm.exe',
  'Microsoft .NET Assembly Registration Utility',
  DOTNET32,
)
export const regsvcs = windows(
  'RegSvcs.exe',
  'RegSvcs.exe',
  'Microsoft .NET Services Installation Utility',
  DOTNET,
)
export const installutil = windows(
  'InstallUtil.exe',
  'InstallUtil.exe',
  '.NET Framework installation utility',
  DOTNET,
)
export const aspnetCompiler = windows(
  'aspnet_compiler.exe',
  'aspnet_compiler.exe',
  'aspnet_compiler.exe',
  DOTNET,
)
export const msbuildFramework = windows('MSBuild.exe', 'MSBuild.exe', 'MSBuild.exe', DOTNET)

const studio = (path: string, product: string, version: string): Program =>
  application(`${VISUAL_STUDIO}\\${path}`, 'Microsoft Corporation', product, version)
export const msbuild = studio(
  String.raw`MSBuild\Current\Bin\amd64\MSBuild.exe`,
  'Microsoft® Build Tools®',
  '17.8.5.20301',
)
export const roslyn = studio(
  String.raw`MSBuild\Current\Bin\Roslyn\csc.exe`,
  'Microsoft® Visual C# Compiler',
  '4.8.0-7.23572.1',
)
export const tracker = studio(
  String.raw`MSBuild\Current\Bin\Tracker.exe`,
  'Microsoft® Build Tools®',
  '17.8.5.20301',
)
export const vstest = studio(
  String.raw`Common7\IDE\Extensions\TestPlatform\vstest.console.exe`,
  'Microsoft® Test Platform',
  '17.800.23',
)
export const cdb = application(
  `${DEBUGGERS}\\cdb.exe`,
  'Microsoft Corporation',
  'Debugging Tools for Windows(R)',
  '10.0.22621.755',
  'CDB.Exe',
)
export const agentExecutor = application(
  String.raw`C:\Program Files (x86)\Microsoft Intune Management Extension\AgentExecutor.exe`,
  'Microsoft Corporation',
  'Microsoft Intune Management Extension',
  '1.77.109.0',
)

/** Programs of this fleet that run other programs' code; what the truth calls a proxy binary. */
const PROXIES: readonly Program[] = [
  rundll32,
  regsvr32,
  mshta,
  msiexec,
  wscript,
  cscript,
  wmic,
  mofcomp,
  certutil,
  bitsadmin,
  verclsid,
  mmc,
  control,
  forfiles,
  odbcconf,
  cmstp,
  msdt,
  hh,
  runonce,
  gpscript,
  ie4uinit,
  unregmp2,
  wuauclt,
  provlaunch,
  pcalua,
  mavinject,
  diskshadow,
  fsutil,
  msconfig,
  atbroker,
  infDefaultInstall,
  wlrmdr,
  csc,
  vbc,
  regasm,
  regsvcs,
  installutil,
  aspnetCompiler,
  msbuild,
  tracker,
  vstest,
  cdb,
  agentExecutor,
]
const BY_ORIGINAL_NAME = new Map(PROXIES.map((program) => [program.originalFileName, program.file]))

/** The proxy binary a program really is, lower-case, whatever its file is called now; null for any other program. */
export function proxyBinaryOf(program: Program): string | null {
  return BY_ORIGINAL_NAME.get(program.originalFileName) ?? null
}
