/** Files of Windows that tell what a program is up to, whoever loads them: most proxy binaries need none of them. By hand. */
export const TELLING_MODULES: ReadonlySet<string> = new Set([
  // .NET, PowerShell without powershell.exe
  'clr.dll',
  'coreclr.dll',
  'mscorwks.dll',
  'system.management.automation.dll',
  'system.management.automation.ni.dll',
  // script engines, and what scans scripts for the antivirus
  'amsi.dll',
  'chakra.dll',
  'jscript.dll',
  'jscript9.dll',
  'mshtml.dll',
  'scrobj.dll',
  'scrrun.dll',
  'vbscript.dll',
  'wshom.ocx',
  // the web
  'bitsproxy.dll',
  'davclnt.dll',
  'urlmon.dll',
  'winhttp.dll',
  'wininet.dll',
  // credentials and the memory of other processes
  'dbgcore.dll',
  'dbghelp.dll',
  'samlib.dll',
  'vaultcli.dll',
  // tasks and management
  'taskschd.dll',
  'wbemprox.dll',
  'wmiutils.dll',
])
