/** What runs a library or an assembly in its own name, and lends itself to injected code. */
export const LOADERS: ReadonlySet<string> = new Set([
  'rundll32.exe',
  'regsvr32.exe',
  'regasm.exe',
  'regsvcs.exe',
  'installutil.exe',
  'odbcconf.exe',
  'cmstp.exe',
  'mavinject.exe',
])
