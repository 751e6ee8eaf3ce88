/** What can be switched off or sent elsewhere without any application control. */
type Disabling = {
  /** Extensions whose files it opens by double-click, lower-case, without the dot. */
  fileTypes: readonly string[]
  /** The feature whose removal takes it away; null = it comes with the operating system. */
  feature: string | null
}

const SCRIPT_TYPES = ['js', 'jse', 'vbs', 'vbe', 'wsf', 'wsh'] as const
const SCRIPT_HOST =
  'Windows Script Host (a switch in the registry) and VBScript (a capability of Windows, in mshta, Office and installers too)'

/** By slug. Origin: the file types that Windows registers for them, and the optional features that carry them. */
const DISABLING: Readonly<Record<string, Disabling>> = {
  'mshta.exe': { fileTypes: ['hta'], feature: null },
  'hh.exe': { fileTypes: ['chm'], feature: null },
  'wscript.exe': { fileTypes: SCRIPT_TYPES, feature: SCRIPT_HOST },
  'cscript.exe': { fileTypes: [], feature: SCRIPT_HOST },
  'mmc.exe': { fileTypes: ['msc'], feature: null },
  'control.exe': { fileTypes: ['cpl'], feature: null },
  'wmic.exe': { fileTypes: [], feature: 'the optional feature WMIC' },
  'mavinject.exe': { fileTypes: [], feature: 'the App-V client' },
}

const NOTHING: Disabling = { fileTypes: [], feature: null }

/** What of a binary can be disabled, by the slug of its catalogue entry. */
export function disablingOf(slug: string): Disabling {
  return DISABLING[slug] ?? NOTHING
}
