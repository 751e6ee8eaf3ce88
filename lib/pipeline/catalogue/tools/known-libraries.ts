import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { oddExtension } from './piece'
import type { RiskFact, ToolTarget } from './tool-use'

/** Libraries of System32 that Windows itself runs by bare name. The loader finds them there before it looks anywhere else. */
const SYSTEM_LIBRARIES: ReadonlySet<string> = new Set(
  (
    'appwiz.cpl cscui.dll devmgr.dll dfdts.dll hotplug.dll iesetup.dll migration.dll mscories.dll netshell.dll newdev.dll ' +
    'oobefldr.dll pnpui.dll sppcext.dll srrstr.dll sysmain.dll uxtheme.dll wdi.dll firewallcontrolpanel.dll ' +
    'acproxy.dll advapi32.dll advpack.dll aepdu.dll appxdeploymentclient.dll appxdeploymentextensions.onecore.dll ' +
    'cryptext.dll cryptui.dll comsvcs.dll davclnt.dll devinv.dll dfshim.dll display.dll dsquery.dll dwmapi.dll edgehtml.dll ' +
    'fdprint.dll fthsvc.dll generaltel.dll ieadvpack.dll ieframe.dll iedkcs32.dll iernonce.dll inetcpl.cpl invagent.dll ' +
    'kernel32.dll keymgr.dll localserver32.dll mapi32.dll mshtml.dll msrating.dll ndfapi.dll netplwiz.dll ntlanui.dll ' +
    'pcwutl.dll pla.dll pnpclean.dll powrprof.dll printui.dll pcasvc.dll photoviewer.dll rasdlg.dll ' +
    'scrobj.dll setupapi.dll shdocvw.dll shell32.dll shimgvw.dll shlwapi.dll shsetup.dll shwebsvc.dll startupscan.dll ' +
    'storprop.dll sti_ci.dll syncui.dll sysdm.cpl syssetup.dll tcpmonui.dll themecpl.dll themeui.dll twinapi.dll ' +
    'tzsync.dll url.dll urlmon.dll user32.dll usercpl.dll van.dll wbemupgd.dll werconcpl.dll wer.dll wininet.dll ' +
    'windows.storage.applicationdata.dll windows.shell.search.urihandler.dll windows.ui.creddialogcontroller.dll ' +
    'windows.staterepositoryclient.dll winethc.dll wpdshext.dll wshext.dll xwizards.dll xwtpw32.dll zipfldr.dll ' +
    'aeinv.dll appraiser.dll autoplay.dll cabview.dll credui.dll devenum.dll dskquoui.dll fontext.dll gameux.dll hnetcfg.dll icmui.dll input.dll ' +
    'mstask.dll mydocs.dll netid.dll ntprint.dll ntshrui.dll powercpl.dll rshx32.dll sendmail.dll shsvcs.dll srclient.dll tsworkspace.dll wdc.dll ' +
    'wiadefui.dll wiashext.dll wlanui.dll ' +
    'capabilityaccessmanager.dll dmenrollengine.dll edptask.dll energy.dll mscms.dll msi.dll fveapi.dll ' +
    // registered again by the steps that repair Windows Update, scripting, cryptography and consoles
    'actxprxy.dll atl.dll browseui.dll cryptdlg.dll dssenh.dll gpkcsp.dll initpki.dll jscript.dll msxml.dll msxml2.dll msxml3.dll ' +
    'msxml6.dll muweb.dll ole32.dll oleaut32.dll qmgr.dll qmgrprxy.dll rsaenh.dll sccbase.dll schmmgmt.dll slbcsp.dll softpub.dll ' +
    'scrrun.dll wshom.ocx vbscript.dll wintrust.dll wuapi.dll wuaueng.dll wuaueng1.dll wucltui.dll wucltux.dll wups.dll wups2.dll wuweb.dll wuwebv.dll'
  ).split(' '),
)
/** Controls of Visual Basic 6, which programs bring and register where Windows looks first. */
const REDISTRIBUTED: ReadonlySet<string> = new Set(
  (
    'comct232.ocx comct332.ocx comctl32.ocx comdlg32.ocx dblist32.ocx mscomct2.ocx mscomctl.ocx mscomm32.ocx msdatgrd.ocx msdatlst.ocx msflxgrd.ocx ' +
    'mshflxgd.ocx msinet.ocx msmapi32.ocx msmask32.ocx mswinsck.ocx richtx32.ocx sysinfo.ocx tabctl32.ocx'
  ).split(' '),
)
/** What a bare name of a library means. */
const BY_BARE_NAME: ReadonlySet<string> = new Set([...SYSTEM_LIBRARIES, ...REDISTRIBUTED])
const SYSTEM_APPLETS: ReadonlySet<string> = new Set(
  (
    'access.cpl appwiz.cpl bthprops.cpl collab.cpl desk.cpl firewall.cpl hdwwiz.cpl inetcpl.cpl infocardcpl.cpl intl.cpl ' +
    'irprops.cpl joy.cpl main.cpl mlcfg32.cpl mmsys.cpl ncpa.cpl odbccp32.cpl powercfg.cpl sapi.cpl sysdm.cpl tabletpc.cpl ' +
    'telephon.cpl timedate.cpl wscui.cpl'
  ).split(' '),
)
/** Windows' own items of the Control Panel that are libraries by any other extension. */
const SYSTEM_PANELS: ReadonlySet<string> = new Set(
  (
    'accessibilitycpl.dll autoplay.dll biocpl.dll devicecenter.dll display.dll firewallcontrolpanel.dll fvecpl.dll hotplug.dll input.dll netcenter.dll ' +
    'perfcentercpl.dll powercpl.dll sdcpl.dll sensorscpl.dll speechuxcpl.dll srchadmin.dll sud.dll synccenter.dll systemcpl.dll taskbarcpl.dll ' +
    'themecpl.dll tsworkspace.dll usercpl.dll vault.dll werconcpl.dll'
  ).split(' '),
)
const SYSTEM_CONSOLES: ReadonlySet<string> = new Set(
  (
    'azman.msc certlm.msc certmgr.msc comexp.msc compmgmt.msc devmgmt.msc dhcpmgmt.msc diskmgmt.msc dnsmgmt.msc dsa.msc ' +
    'dssite.msc domain.msc eventvwr.msc fsmgmt.msc fsrm.msc gpedit.msc gpmc.msc gpme.msc lusrmgr.msc napclcfg.msc ' +
    'perfmon.msc printmanagement.msc rsop.msc secpol.msc services.msc taskschd.msc tpm.msc virtmgmt.msc wf.msc wmimgmt.msc'
  ).split(' '),
)

/** Further libraries of System32 that programs load by bare name: copies beside a program are loaded in their stead. */
const LOADED_BY_NAME: ReadonlySet<string> = new Set(
  (
    'amsi bcrypt bcryptprimitives cabinet combase credui crypt32 cryptbase cryptsp d3d10 d3d11 d3d12 d3d9 dbgcore dbghelp devobj dnsapi dpapi dxgi ' +
    'gdi32 hid imm32 iphlpapi linkinfo logoncli msimg32 msvcp_win msvcrt netapi32 netutils ncrypt ntdll ntmarta oleacc profapi propsys rasapi32 ' +
    'rpcrt4 rsaenh samcli samlib sechost secur32 sspicli srvcli tapi32 ucrtbase userenv version wevtapi winhttp winmm winspool winsta wintypes ' +
    'wkscli wlanapi wldp wsock32 ws2_32 wtsapi32 xmllite'
  )
    .split(' ')
    .map((name) => `${name}.dll`),
)
const WINDOWS_PLACES: ReadonlySet<PathClass> = new Set([
  ...(['system', 'windows', 'program-files', 'shadow-copy', 'device'] as const),
  ...(['bare', 'relative', 'shell-object', 'url'] as const),
])

/** A library with the name of one of Windows' own, where somebody else put it: rundll32 is pointed at Windows' own by name. */
export function misplacedLibrary(target: ToolTarget | null): RiskFact[] {
  if (target?.name == null || WINDOWS_PLACES.has(target.class)) return []
  return SYSTEM_LIBRARIES.has(target.name) || LOADED_BY_NAME.has(target.name) ? ['misplaced-library'] : []
}

/** The name as Windows completes it: no extension means `.dll`. */
export function withLibraryExtension(name: string): string {
  return name.includes('.') ? name : `${name}.dll`
}

function inSystem(value: string, known: ReadonlySet<string>, name: string): string {
  const bare = !/[\\/:]/.test(value)
  return bare && known.has(name) ? `c:\\windows\\system32\\${name}` : value
}

/** A system library's full path for its bare name; any other value as it is. Expects cleaned text. */
export function resolveLibrary(value: string): string {
  return inSystem(value, BY_BARE_NAME, withLibraryExtension(value))
}

/** A control panel applet's full path for its bare name; any other value as it is. Expects cleaned text. */
export function resolveApplet(value: string): string {
  return inSystem(value, SYSTEM_PANELS.has(value) ? SYSTEM_PANELS : SYSTEM_APPLETS, value)
}

const APPLETS: ReadonlySet<string> = new Set(['cpl'])

/** What an item of the Control Panel shows: Windows' own may have another extension, and products put theirs where users cannot write. */
export function appletFacts(target: ToolTarget | null): readonly RiskFact[] {
  if (target === null || (target.class === 'system' && SYSTEM_PANELS.has(target.name ?? ''))) return []
  const foreign: RiskFact[] = WINDOWS_PLACES.has(target.class) ? [] : ['foreign-applet']
  return [...oddExtension(target, APPLETS), ...foreign]
}

/** A management console's full path for its bare name; any other value as it is. Expects cleaned text. */
export function resolveConsole(value: string): string {
  return inSystem(value, SYSTEM_CONSOLES, value.includes('.') ? value : `${value}.msc`)
}
