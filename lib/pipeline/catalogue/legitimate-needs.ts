/** What legitimately needs a binary, and what stops when it is blocked: curated notes with their sources. */
export type LegitimateNeeds = {
  slug: string
  /** Who needs it for what, the most common first. */
  needs: readonly string[]
  /** What people notice when it is gone. */
  whenBlocked: string
  sources: readonly string[]
}

const COMMANDS = 'https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/'
const ATTACK = 'https://attack.mitre.org/techniques/'
const LOLBAS = 'https://lolbas-project.github.io/lolbas/'

/** In our own words, of the binaries that are met most; what stands here is general, what a fleet does stands in its baselines. */
export const LEGITIMATE_NEEDS: readonly LegitimateNeeds[] = [
  {
    slug: 'rundll32.exe',
    needs: [
      'Windows starts Control Panel items, shell dialogs and scheduled maintenance through it.',
      'Printer, display and audio drivers start their panels and helpers with it, often at logon.',
    ],
    whenBlocked: 'Settings pages, printer dialogs and vendor tray tools fail to open on most desktops.',
    sources: [`${COMMANDS}rundll32`, `${ATTACK}T1218/011/`],
  },
  {
    slug: 'regsvr32.exe',
    needs: [
      'Installers, updaters and repairs register COM libraries from their own folder, as a rule silently (/s).',
      'Support staff register a library again to mend an application.',
    ],
    whenBlocked: 'Installations of software with COM parts fail or leave it half working.',
    sources: [`${COMMANDS}regsvr32`, `${ATTACK}T1218/010/`],
  },
  {
    slug: 'msiexec.exe',
    needs: [
      'Software deployment, updates and every uninstall of a Windows Installer package; a service copy runs as SYSTEM.',
      'Applications repair themselves at first start for a new user.',
    ],
    whenBlocked: 'Nothing that comes as a package can be installed, updated, repaired or removed.',
    sources: [`${COMMANDS}msiexec`, `${ATTACK}T1218/007/`],
  },
  {
    slug: 'mshta.exe',
    needs: [
      'Old administration consoles and in-house tools written as HTML applications.',
      'Task-sequence and deployment menus built before other means were at hand.',
    ],
    whenBlocked: 'Files ending in .hta no longer open; most machines have none.',
    sources: ['https://learn.microsoft.com/en-us/previous-versions/ms536471(v=vs.85)', `${ATTACK}T1218/005/`],
  },
  {
    slug: 'msbuild.exe',
    needs: [
      'Developers and build servers, started by Visual Studio, the .NET tools or a build agent.',
      'A few products compile configuration or reports on the server that runs them.',
    ],
    whenBlocked: 'Builds stop; machines on which nobody develops notice nothing.',
    sources: ['https://learn.microsoft.com/en-us/visualstudio/msbuild/msbuild', `${ATTACK}T1127/001/`],
  },
  {
    slug: 'regasm.exe',
    needs: [
      'Installers of add-ins for Office and other COM programs that are written in .NET.',
      'Developers of such components, when they build.',
    ],
    whenBlocked: 'Installing or updating such an add-in fails; add-ins already registered go on working.',
    sources: [
      'https://learn.microsoft.com/en-us/dotnet/framework/tools/regasm-exe-assembly-registration-tool',
      `${ATTACK}T1218/009/`,
    ],
  },
  {
    slug: 'regsvcs.exe',
    needs: ['Installers of COM+ components written in .NET, nearly always on application servers.'],
    whenBlocked: 'Such a component cannot be installed or updated; running ones are not touched.',
    sources: [
      'https://learn.microsoft.com/en-us/dotnet/framework/tools/regsvcs-exe-net-services-installation-tool',
      `${ATTACK}T1218/009/`,
    ],
  },
  {
    slug: 'installutil.exe',
    needs: [
      'Installers and administrators of Windows services written in .NET.',
      'Developers who try such a service on their own machine.',
    ],
    whenBlocked: 'Services of that kind cannot be installed or removed; installed ones keep running.',
    sources: [
      'https://learn.microsoft.com/en-us/dotnet/framework/tools/installutil-exe-installer-tool',
      `${ATTACK}T1218/004/`,
    ],
  },
  {
    slug: 'verclsid.exe',
    needs: [
      'Explorer and RuntimeBroker check a shell extension with it before they load it for the first time.',
    ],
    whenBlocked:
      'Menus and previews of newly installed shell extensions may fail to appear. Denying it the network costs nothing: the check needs none.',
    sources: [`${ATTACK}T1218/012/`, `${LOLBAS}Binaries/Verclsid/`],
  },
  {
    slug: 'mavinject.exe',
    needs: [
      'The App-V client injects its run-time library into virtualised applications with it; nothing else in Windows does.',
    ],
    whenBlocked: 'Virtualised applications fail where App-V is in use. Elsewhere nothing is noticed.',
    sources: [
      'https://learn.microsoft.com/en-us/microsoft-desktop-optimization-pack/app-v/appv-for-windows',
      `${ATTACK}T1218/013/`,
    ],
  },
  {
    slug: 'hh.exe',
    needs: ['The Help menu of older applications and management consoles opens compiled help files with it.'],
    whenBlocked:
      'Files ending in .chm no longer open from Explorer or from such menus; many vendors have the same text on the web.',
    sources: [
      'https://learn.microsoft.com/en-us/previous-versions/windows/desktop/htmlhelp/microsoft-html-help-1-4-sdk',
      `${ATTACK}T1218/001/`,
    ],
  },
  {
    slug: 'cmstp.exe',
    needs: [
      'Packages of VPN or dial-up profiles made with the Connection Manager Administration Kit install and remove themselves with it.',
    ],
    whenBlocked:
      'Such a profile cannot be installed or removed; installed ones still connect. Profiles sent by device management do not need it.',
    sources: [`${COMMANDS}cmstp`, `${ATTACK}T1218/003/`],
  },
  {
    slug: 'control.exe',
    needs: ['People who open Control Panel, and shortcuts of support that name one of its items.'],
    whenBlocked:
      'Control Panel and its items do not open by these ways; the Settings app is a separate program.',
    sources: [
      'https://learn.microsoft.com/en-us/windows/win32/shell/executing-control-panel-items',
      `${ATTACK}T1218/002/`,
    ],
  },
  {
    slug: 'odbcconf.exe',
    needs: [
      'Installers of database drivers and applications with a data source of their own; its maker announces its removal.',
    ],
    whenBlocked: 'Set-ups that configure ODBC this way fail; PowerShell does the same work.',
    sources: ['https://learn.microsoft.com/en-us/sql/odbc/odbcconf-exe', `${ATTACK}T1218/008/`],
  },
  {
    slug: 'mmc.exe',
    needs: ['Administrators, all day: event viewer, services, device manager, directory and DNS consoles.'],
    whenBlocked: 'No console opens. People who do not administer machines seldom notice.',
    sources: [`${COMMANDS}mmc`, `${ATTACK}T1218/014/`],
  },
  {
    slug: 'wmic.exe',
    needs: [
      'Inventory and management agents, monitoring checks and older scripts that ask for hardware, processes or patches.',
      'Administrators at a prompt; PowerShell supersedes it, and newer Windows leaves it out unless it is added.',
    ],
    whenBlocked: 'Scripts that call it report nothing or fail; WMI itself is not touched.',
    sources: ['https://learn.microsoft.com/en-us/windows/win32/wmisdk/wmic', `${ATTACK}T1047/`],
  },
  {
    slug: 'cscript.exe',
    needs: [
      'Management agents and logon scripts; licence and printer scripts that come with Windows (slmgr, prnmngr).',
      'Scheduled jobs written in VBScript.',
    ],
    whenBlocked:
      'Those scripts stop, often without a message: look for failed scheduled tasks and licence checks.',
    sources: [`${COMMANDS}cscript`, `${ATTACK}T1059/005/`],
  },
  {
    slug: 'wscript.exe',
    needs: ['Logon scripts and in-house scripts that people start by double-click.'],
    whenBlocked:
      'Double-clicked .vbs and .js files do nothing; associating these types with an editor has the same effect.',
    sources: [`${COMMANDS}wscript`, `${ATTACK}T1059/005/`],
  },
  {
    slug: 'certutil.exe',
    needs: [
      'Administrators of certificates and revocation lists; enrolment scripts.',
      'Installers that add a root certificate, and products that check one.',
    ],
    whenBlocked:
      'Certificate scripts and some installations fail; validating certificates in browsers does not need it.',
    sources: [`${COMMANDS}certutil`, `${LOLBAS}Binaries/Certutil/`],
  },
  {
    slug: 'bitsadmin.exe',
    needs: ['Old software distribution and update scripts; the PowerShell commands for BITS supersede it.'],
    whenBlocked: 'Such scripts fail. Windows Update uses the service, not this program.',
    sources: [`${COMMANDS}bitsadmin`, `${ATTACK}T1197/`],
  },
  {
    slug: 'forfiles.exe',
    needs: ['Batch files and scheduled tasks that delete or move old logs.'],
    whenBlocked: 'Clean-up jobs stop and disks fill up slowly: it is noticed weeks later.',
    sources: [`${COMMANDS}forfiles`, `${ATTACK}T1202/`],
  },
  {
    slug: 'gpscript.exe',
    needs: ['Domain machines with scripts in Group Policy, at boot and logon, started by Windows itself.'],
    whenBlocked:
      'No Group Policy script runs any more: drive mappings, printers and settings are missing after logon.',
    sources: [
      'https://learn.microsoft.com/en-us/windows/client-management/mdm/policy-csp-admx-scripts',
      `${LOLBAS}Binaries/Gpscript/`,
    ],
  },
  {
    slug: 'fsutil.exe',
    needs: ['Administrators, backup products and installers that query volumes, links and quotas.'],
    whenBlocked: 'Such checks fail; people at office work do not use it.',
    sources: [`${COMMANDS}fsutil`, `${LOLBAS}Binaries/Fsutil/`],
  },
  {
    slug: 'diskshadow.exe',
    needs: ['Backup jobs and storage administrators on servers that make shadow copies by script.'],
    whenBlocked: 'Those backups fail: ask the owners of servers first. Desktops do not have it.',
    sources: [`${COMMANDS}diskshadow`, `${LOLBAS}Binaries/Diskshadow/`],
  },
  {
    slug: 'agentexecutor.exe',
    needs: ['The Intune management agent runs its PowerShell scripts and detection rules with it.'],
    whenBlocked: 'Scripts, remediations and detections from Intune stop: the machine looks unmanaged.',
    sources: [
      'https://learn.microsoft.com/en-us/mem/intune/apps/intune-management-extension',
      `${LOLBAS}OtherMSBinaries/Agentexecutor/`,
    ],
  },
  {
    slug: 'infdefaultinstall.exe',
    needs: ['Administrators who install a driver or print package by right-click.'],
    whenBlocked: 'That menu entry fails; Plug and Play and device management do not need it.',
    sources: [`${LOLBAS}Binaries/Infdefaultinstall/`, `${ATTACK}T1218/`],
  },
  {
    slug: 'csc.exe',
    needs: [
      'PowerShell (Add-Type) and .NET programs compile helpers with it while they run, web servers above all.',
      'Developers, through their build tools.',
    ],
    whenBlocked: 'Such scripts and old web applications fail at the moment they compile something.',
    sources: [
      'https://learn.microsoft.com/en-us/dotnet/csharp/language-reference/compiler-options/',
      `${LOLBAS}Binaries/Csc/`,
    ],
  },
]

const BY_SLUG = new Map(LEGITIMATE_NEEDS.map((note) => [note.slug, note]))

/** Curated notes on a binary, by the slug of its catalogue entry; null = none are written. */
export function legitimateNeedsOf(slug: string): LegitimateNeeds | null {
  return BY_SLUG.get(slug) ?? null
}
