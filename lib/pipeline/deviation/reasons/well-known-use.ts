import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isOpenedByHand } from './by-hand'

/** Whether it is Explorer's menu to try a program in another mode. */
export function isTroubleshooting(signature: Signature): boolean {
  return (
    signature.slug === 'pcwrun.exe' &&
    isOpenedByHand(signature) &&
    / contextmenu$/.test(signature.pattern ?? '')
  )
}

/** Agents of deployment, and the kit that wraps their packages, as the parent of a shell. */
const DEPLOYED =
  /^(?:deploy-application|invoke-appdeploytoolkit|ccmexec|microsoft\.management\.services\.intunewindowsagent)\.exe @ (?:windows|program-files) > /

const UPDATERS = new Set([
  'wuauclt.exe',
  'mousocoreworker.exe',
  'usoclient.exe',
  'trustedinstaller.exe',
  'tiworker.exe',
])

/** Whether Windows Update installs what it fetched. */
export function isWindowsUpdate({ slug, parentName, features, pattern }: Signature): boolean {
  const isUpdater = UPDATERS.has(parentName ?? '') || features.parent?.endsWith('(wuauserv)') === true
  return isUpdater && slug === 'msiexec.exe' && pattern?.includes('\\softwaredistribution\\') === true
}

/** The server of every address that a pattern names; one with a user's name before it is another's. Bounded. */
const ADDRESSES = /:\/\/(?![^/\s]{0,256}@)([^/:*\s"'|@]{1,256})/g
const MICROSOFT = /(?:^|\.)(?:microsoft|windows|windowsupdate|office)\.com$/

/** Whether every address that it names is of Microsoft's own servers. */
export function isFromMicrosoft({ pattern, facts }: Signature): boolean {
  const servers = Array.from((pattern ?? '').matchAll(ADDRESSES), ([, server = '']) => server)
  const named = pattern?.split('://').length ?? 1
  return (
    !facts.includes('address-host') &&
    servers.length === named - 1 &&
    named > 1 &&
    servers.every((server) => MICROSOFT.test(server))
  )
}

/** Whether an agent of deployment, or the kit that wraps its packages, started the shell that started it. */
export function isDeployed({ features }: Signature): boolean {
  return DEPLOYED.test(features.lineage ?? '')
}
