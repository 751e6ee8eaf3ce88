/** Folders that Windows, its roles and its drivers have below System32, by their first name. Origin: by hand, for clients and servers of the last ten years. */
const FOLDERS: ReadonlySet<string> = new Set(
  (
    'adobe advancedinstallers appmgmt applocker appraiser appv assignedaccess boot bthprops catroot catroot2 certsrv clusters codeintegrity com ' +
    'config configuration containersettingsproviders ddfs dhcp diagsvcs directx dism dns downlevel drivers driverstate driverstore drvstore dsc f12 ' +
    'fxstmp grouppolicy grouppolicyusers healthattestationclient hydrogen hyper-v ias icsxml ime inetsrv inputmethod intel ipmi keywords licenses ' +
    'logfiles lxss macromed mailcontactscalendarsync microsoft migration migwiz mrt msdrm msdtc msmq mui ndf networklist npp nui ntfrs oobe ' +
    'openssh perceptionsimulation pointofservice printing_admin_scripts proximitytoast ras rastoast recovery reminst repl restore rpcproxy ' +
    'securebootupdates servermanager setup sgrm shellexperiences sleepstudy slmgr smi smbconfig speech speech_onecore spool spp sppui sru ' +
    'sysprep systemresetplatform tasks tasks_migrated unp vmguest wbem wcn wdi webthreatdefsvc wfp winbiodatabase winbioplugins ' +
    'windowspowershell winevt winmetadata winrm wins'
  ).split(' '),
)
/** `en-us`, `sr-latn-rs`, `ca-es-valencia`: texts in a language; `1031`: the same by its number. */
const LANGUAGE = /^(?:[a-z]{2,3}(?:-[a-z]{2,8}){1,2}|[0-9]{4,5})$/

/** Whether Windows has a folder of this name, in lower case, below System32. */
export function isWindowsOwn(folder: string): boolean {
  return FOLDERS.has(folder) || LANGUAGE.test(folder)
}
