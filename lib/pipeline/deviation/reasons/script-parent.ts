import type { RiskReason } from './reason'

const SCRIPT_HOSTS = new Set([
  'wscript.exe',
  'cscript.exe',
  'mshta.exe',
  'powershell.exe',
  'powershell_ise.exe',
  'pwsh.exe',
  'cmd.exe',
  'python.exe',
  'pythonw.exe',
  'node.exe',
  'hh.exe',
  // proxies themselves: what they start, somebody else told them to
  'rundll32.exe',
  'regsvr32.exe',
  'wmic.exe',
  'msbuild.exe',
  'installutil.exe',
  'regasm.exe',
  'regsvcs.exe',
  'cmstp.exe',
  'odbcconf.exe',
  'forfiles.exe',
  'pcalua.exe',
  'control.exe',
])

/** Scripts of administrators run Windows' own scripts and libraries all day. Weight: by hand, a third. */
const OWN_FILE_BITS = 0.5

/** A shell or script started it. Weight: scoring method. */
export const scriptParent: RiskReason = {
  code: 'script-parent',
  words: 'a script or shell started it',
  weight: 1.5,
  bits: ({ parentName, target, facts }) => {
    if (parentName === null || !SCRIPT_HOSTS.has(parentName)) return 0
    return facts.length === 0 && target?.class === 'system' ? OWN_FILE_BITS : 1.5
  },
}
