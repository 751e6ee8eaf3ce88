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

/** Whether it runs what it is told: a shell, a script's interpreter, or a proxy binary. */
export function isScriptHost(parentName: string | null): boolean {
  return parentName !== null && SCRIPT_HOSTS.has(parentName)
}

/** A developer's own build, of the kit rather than of Windows. */
function isOwnBuild(parentName: string, parent: string | null): boolean {
  return parentName === 'msbuild.exe' && parent?.endsWith('@ program-files') === true
}

/** Scripts of administrators run Windows' own scripts and libraries all day. Weight: by hand, a third. */
const OWN_FILE_BITS = 0.5

/** A shell or script started it. Weight: scoring method. */
export const scriptParent: RiskReason = {
  code: 'script-parent',
  words: 'a script or shell started it',
  weight: 1.5,
  circumstance: true,
  about: 'parent',
  bits: ({ parentName, target, facts, features }) => {
    if (parentName === null || !isScriptHost(parentName) || isOwnBuild(parentName, features.parent)) return 0
    return facts.length === 0 && target?.class === 'system' ? OWN_FILE_BITS : 1.5
  },
}
