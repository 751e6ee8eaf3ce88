import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isScriptHost } from './script-parent'

/** Whether Windows Installer runs a package's own action, which it unpacks to temporary files. */
export function isInstallerAction({ mode, parentName }: Signature): boolean {
  return mode === 'custom-action' && parentName === 'msiexec.exe'
}

const SET_UP_FILES = new Set(['msi', 'msp', 'inf'])
const PLACES = / @ (?:user-temp|temp|downloads|desktop|program-files)$/

/**
 * Whether a set-up program installs what it brought: a package or driver, by a program that was downloaded or unpacked and runs with an
 * administrator's rights. Shells and scripts are no set-up programs.
 */
export function isSetUp({ parentName, features, target }: Signature): boolean {
  return (
    SET_UP_FILES.has(target?.extension ?? '') &&
    features.user?.startsWith('standard user') !== true &&
    !isScriptHost(parentName) &&
    PLACES.test(features.parent ?? '')
  )
}
