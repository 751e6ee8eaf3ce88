import type { CatalogueEntry } from '../entry'
import { entry, SELF } from './builder'
import { framework, VISUAL_STUDIO_ROSLYN } from './folders'

/** Compilers and hosts of the .NET Framework. */
// biome-ignore format: a table
export const DOTNET_ENTRIES: readonly CatalogueEntry[] = [
  entry('AddinUtil.exe', 'baseline', 'Execute', 'T1218', framework('v4.0.30319', 'v3.5'),
    'Rebuilds the .NET add-in cache, deserialising the cache file it is pointed at.',
    { original: SELF, use: 'Setup programs of .NET add-in hosts run it once; rarely seen on workstations.' }),
  entry('Aspnet_Compiler.exe', 'baseline', 'AWL Bypass', 'T1127', framework('v4.0.30319'),
    "Precompiles ASP.NET sites and runs build providers that the site's configuration names.",
    { original: SELF, use: 'Web servers and build machines that precompile ASP.NET applications.' }),
  entry('Csc.exe', 'baseline', 'Compile', 'T1127', [...framework('v4.0.30319', 'v3.5', 'v2.0.50727'), ...VISUAL_STUDIO_ROSLYN],
    'The C# compiler of the .NET Framework.',
    { original: SELF, use: 'PowerShell Add-Type, ASP.NET, XML serialisers and installers compile at run time; build machines run it all day.' }),
  entry('Dfsvc.exe', 'baseline', 'AWL Bypass', 'T1127.002', framework('v2.0.50727', 'v4.0.30319'),
    'ClickOnce service that downloads, checks and starts ClickOnce applications.',
    { use: 'Line-of-business applications and administration consoles delivered by ClickOnce.' }),
  entry('Ieexec.exe', 'baseline', 'Download,Execute', 'T1105,T1218', framework('v2.0.50727'),
    'Old .NET host that downloads and runs a managed program from an address.',
    { use: 'None known on current systems.' }),
  entry('Ilasm.exe', 'baseline', 'Compile', 'T1127', framework('v4.0.30319'),
    'Assembles .NET intermediate language into a program or a library.',
    { original: SELF, use: 'Build machines that post-process assemblies.' }),
  entry('Installutil.exe', 'baseline', 'AWL Bypass,Download,Execute', 'T1105,T1218.004', framework('v2.0.50727', 'v4.0.30319'),
    'Runs the installer classes inside a .NET assembly, or their uninstall method with /u.',
    { original: SELF, use: 'Installers and administrators registering a .NET Windows service; developers testing one.' }),
  entry('Jsc.exe', 'baseline', 'Compile', 'T1127', framework('v4.0.30319', 'v2.0.50727'),
    'The JScript.NET compiler of the .NET Framework.',
    { original: SELF, use: 'Old ASP.NET pages written in JScript; otherwise none.' }),
  entry('Microsoft.Workflow.Compiler.exe', 'baseline', 'AWL Bypass,Execute', 'T1127', [String.raw`C:\Windows\Microsoft.Net\Framework64\v4.0.30319`],
    'Compiles and runs Windows Workflow Foundation code described in an XML file.',
    { original: SELF, use: 'Developers of workflow applications; no run-time use.' }),
  entry('vbc.exe', 'baseline', 'Compile', 'T1127', [...framework('v4.0.30319', 'v3.5', 'v2.0.50727'), ...VISUAL_STUDIO_ROSLYN],
    'The Visual Basic compiler of the .NET Framework.',
    { original: SELF, use: 'PowerShell Add-Type, ASP.NET and build machines.' }),
]
