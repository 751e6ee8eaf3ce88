/** Those that Windows, drivers and products call all day as well. */
export const EVERYDAY_LOADERS: ReadonlySet<string> = new Set(['rundll32.exe', 'regsvr32.exe'])

/** What runs a library or an assembly in its own name, and lends itself to injected code. */
export const LOADERS: ReadonlySet<string> = new Set([
  ...EVERYDAY_LOADERS,
  'regasm.exe',
  'regsvcs.exe',
  'installutil.exe',
  'odbcconf.exe',
  'cmstp.exe',
  'mavinject.exe',
])
