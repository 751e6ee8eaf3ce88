import { isInstaller } from '@/lib/pipeline/baseline/habit'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { ASSEMBLY_LOADERS } from './loaders'
import { isScriptHost } from './script-parent'

/** Whether Windows Installer runs a package's own action, which it unpacks to temporary files. */
export function isInstallerAction({ mode, parentName }: Signature): boolean {
  return mode === 'custom-action' && parentName === 'msiexec.exe'
}

const SET_UP_FILES = new Set(['msi', 'msp', 'inf'])
const PLACES = / @ (?:user-temp|temp|downloads|desktop|program-files)$/

/** Where vendors' updaters keep what they fetched and run. */
const FETCHED = / @ program-data$/

/** What set-up programs call themselves, and what they unpack to run. */
const SET_UP_NAME = /setup|set-up|inst|driver|updat|^isbew64\.exe$|\.tmp$/

/**
 * Whether a set-up program installs what it brought: a package or driver, by a program that was downloaded or unpacked, or is installed. It runs with an
 * administrator's rights, or says by its name what it is. Shells and scripts are no set-up programs.
 */
export function isSetUp({ parentName, features, target }: Signature): boolean {
  return (
    SET_UP_FILES.has(target?.extension ?? '') &&
    (features.user?.startsWith('standard user') !== true || isCalledSetUp(parentName, features.parent)) &&
    !isScriptHost(parentName) &&
    (PLACES.test(features.parent ?? '') ||
      isInstaller(parentName) ||
      isFetchedSetUp(parentName, features.parent))
  )
}

const UNPACKERS = / @ (?:user-temp|temp|downloads|desktop)$/
/** Whether a set-up program calls a library of its own that it unpacked beside itself. */
export function isUnpacked({ facts, parentName, features }: Signature): boolean {
  return (
    facts.includes('unpacked-folder') &&
    UNPACKERS.test(features.parent ?? '') &&
    SET_UP_NAME.test(parentName ?? '') &&
    !isScriptHost(parentName)
  )
}

function isFetchedSetUp(parentName: string | null, parent: string | null): boolean {
  return FETCHED.test(parent ?? '') && SET_UP_NAME.test(parentName ?? '')
}

function isCalledSetUp(parentName: string | null, parent: string | null): boolean {
  if (isInstaller(parentName)) return true
  return parent?.endsWith(' @ program-files') === true || SET_UP_NAME.test(parentName ?? '')
}

/** A service's program told to install itself and say so, or an assembly told to be found where it lies: what only wants its code to run needs neither. */
export function isRegistered({ slug, mode, facts, target, pattern }: Signature): boolean {
  if (slug === 'installutil.exe')
    return mode === 'install' && target?.extension === 'exe' && !facts.includes('leaves-no-log')
  return slug === 'regasm.exe' && mode === 'register' && / \/(?:codebase|tlb)\b/.test(pattern ?? '')
}

const REGISTERS = new Set(['regsvr32.exe', ...ASSEMBLY_LOADERS])
const SAYS_MORE = / \/(?:i|n|u)\b/

/** A library or an assembly is registered and told nothing more, with the log that is kept of it. */
export function onlyRegisters({ slug, pattern, facts }: Signature): boolean {
  return REGISTERS.has(slug) && !SAYS_MORE.test(pattern ?? '') && !facts.includes('leaves-no-log')
}
