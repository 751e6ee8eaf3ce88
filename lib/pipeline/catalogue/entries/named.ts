import type { CatalogueEntry } from '../entry'
import { entry, SELF } from './builder'
import { framework, SYSTEM, VISUAL_STUDIO_MSBUILD } from './folders'

/** The five binaries that CM0091 names, then those of its related countermeasures on Windows. */
// biome-ignore format: a table
export const NAMED_ENTRIES: readonly CatalogueEntry[] = [
  entry('Rundll32.exe', 'baseline', 'ADS,Execute', 'T1218.011,T1564.004', SYSTEM,
    'Calls an exported function of a DLL, which is how much of Windows starts its panels and tasks.',
    { original: SELF, namedInMission: true, use: "Windows itself all day: Control Panel items, printer and display drivers, scheduled tasks, shell helpers and vendors' tray tools." }),
  entry('Regsvr32.exe', 'baseline', 'AWL Bypass,Execute', 'T1218.010', SYSTEM,
    'Registers DLLs and ActiveX controls by calling code inside them, and runs scriptlets from files or addresses.',
    { original: SELF, namedInMission: true, use: "Installers, updaters and repair scripts that register COM components, usually /s and a DLL in the vendor's own folder." }),
  entry('Msbuild.exe', 'baseline', 'AWL Bypass,Execute', 'T1036,T1127.001', [...framework('v2.0.50727', 'v3.5', 'v4.0.30319'), String.raw`C:\Program Files (x86)\MSBuild\14.0\bin`, ...VISUAL_STUDIO_MSBUILD],
    'Builds projects; a project file may carry tasks whose code is compiled and run in memory.',
    { original: SELF, namedInMission: true, use: 'Developers and build servers under Visual Studio, SDKs and agents; hardly ever an office workstation.' }),
  entry('Msiexec.exe', 'baseline', 'Execute', 'T1218.007', SYSTEM,
    'Windows Installer: installs, repairs and removes .msi packages, from files or addresses, and runs the actions inside.',
    { original: SELF, namedInMission: true, use: 'Software deployment, updates, self-repair and every uninstall from Settings; the service copy runs as SYSTEM.' }),
  entry('Mshta.exe', 'baseline', 'ADS,Download,Execute', 'T1105,T1218.005', SYSTEM,
    'Runs HTML applications (.hta): script with the rights of a program, from a file, an address or the command line itself.',
    { original: SELF, countermeasures: ['CM0005'], namedInMission: true, use: 'A few old installers, management consoles and in-house tools written as .hta files; most machines never need it.' }),
  entry('Regasm.exe', 'baseline', 'AWL Bypass,Execute', 'T1218.009', framework('v2.0.50727', 'v4.0.30319'),
    'Registers .NET assemblies for COM, running their registration methods, or with /u their unregistration methods.',
    { original: SELF, countermeasures: ['CM0006'], use: 'Installers and developers of .NET components that Office or another COM program loads.' }),
  entry('Regsvcs.exe', 'baseline', 'AWL Bypass,Execute', 'T1218.009', framework('v2.0.50727', 'v4.0.30319'),
    'Installs .NET assemblies into COM+ and runs their registration methods.',
    { original: SELF, countermeasures: ['CM0006'], use: 'Installers of COM+ serviced components, mostly on application servers.' }),
  entry('Verclsid.exe', 'baseline', 'Execute', 'T1218.012', SYSTEM,
    'Checks a shell extension by its class identifier before Explorer loads it, creating the object.',
    { original: SELF, countermeasures: ['CM0007'], use: 'Explorer starts it by itself when a shell extension is first seen; nothing else should.' }),
  entry('Mavinject.exe', 'baseline', 'ADS,Execute', 'T1218.013,T1564.004', SYSTEM,
    'App-V injector: loads a DLL into a running process named by its number.',
    { original: ['mavinject.exe', 'mavinject32.exe', 'mavinject64.exe'], countermeasures: ['CM0008'], use: 'Needed only where Microsoft Application Virtualization (App-V) is in use, where its client starts it.' }),
  entry('Hh.exe', 'baseline', 'Download,Execute', 'T1105,T1218.001', [
    String.raw`C:\Windows`,
    String.raw`C:\Windows\SysWOW64`,
  ],
    'HTML Help viewer: opens compiled help files (.chm) and the pages and scripts inside them.',
    { original: SELF, countermeasures: ['CM0046'], use: 'Opening the help of older applications, and consoles whose Help menu shows a .chm file.' }),
]
