import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'

/** Parts of Windows that start proxy binaries by themselves; all live in system32 or below Windows. */
const LAUNCHERS = new Set([
  'svchost.exe',
  'services.exe',
  'wininit.exe',
  'winlogon.exe',
  'smss.exe',
  'csrss.exe',
  'userinit.exe',
  'taskhostw.exe',
  'taskeng.exe',
  'sihost.exe',
  'runtimebroker.exe',
  'msiexec.exe',
  'drvinst.exe',
  'trustedinstaller.exe',
  'tiworker.exe',
  'poqexec.exe',
  'compattelrunner.exe',
  'usoclient.exe',
  'mousocoreworker.exe',
  'wuauclt.exe',
  'oobe.exe',
  'dismhost.exe',
  'mscorsvw.exe',
])

/** Whether a parent, by its file name, is a part of Windows that starts proxy binaries by itself. */
export function isSystemLauncher(parentName: string | null): boolean {
  return parentName !== null && LAUNCHERS.has(parentName)
}

/** Starts what COM is asked for, Windows' own libraries by number among it; no task or service of anybody's choice. */
function isComService(parent: string | null): boolean {
  return parent === 'svchost.exe @ system (dcomlaunch)'
}

const OWN_FOLDERS: ReadonlySet<PathClass> = new Set(['system', 'windows'])

export type LaunchFacts = {
  parentName: string | null
  /** With its service. */
  parent: string | null
  parentClass: PathClass | null
  imageClass: PathClass
  /** null = the use has no target, or none is known. */
  targetClass: PathClass | null
  /** null = no command line was reported. */
  shape: string | null
  facts: readonly string[]
}

/**
 * Whether the operating system itself produces this use: one of its own launchers starts its own binary on nothing,
 * or on a file of its own, and nothing about it is risky. An attacker's task or service reaches outside and fails this.
 */
export function isOperatingSystemUse(launch: LaunchFacts): boolean {
  const { parentName, parent, parentClass, imageClass, targetClass, shape, facts } = launch
  return (
    shape !== null &&
    (facts.length === 0 || (isComService(parent) && facts.every((fact) => fact === 'ordinal'))) &&
    parentName !== null &&
    LAUNCHERS.has(parentName) &&
    parentClass !== null &&
    OWN_FOLDERS.has(parentClass) &&
    OWN_FOLDERS.has(imageClass) &&
    (targetClass === null || OWN_FOLDERS.has(targetClass))
  )
}
