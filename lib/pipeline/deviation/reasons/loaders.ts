/** Those that Windows, drivers and products call all day as well. */
export const EVERYDAY_LOADERS: ReadonlySet<string> = new Set(['rundll32.exe', 'regsvr32.exe'])

/** What registers or installs assemblies, and runs code of theirs. */
export const ASSEMBLY_LOADERS: ReadonlySet<string> = new Set(['regasm.exe', 'regsvcs.exe', 'installutil.exe'])

/** What runs scripts and pages of scripts that people open. */
export const SCRIPT_OPENERS: ReadonlySet<string> = new Set(['wscript.exe', 'cscript.exe', 'mshta.exe'])

/** What runs a library or an assembly in its own name, and lends itself to injected code. */
export const LOADERS: ReadonlySet<string> = new Set([
  ...EVERYDAY_LOADERS,
  ...ASSEMBLY_LOADERS,
  'odbcconf.exe',
  'cmstp.exe',
  'mavinject.exe',
])
