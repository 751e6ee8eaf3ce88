import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { Exception } from './exception'
import { isMakersOwn, isProductData } from './makers'
import { isScriptHost } from './script-parent'

/** What operations teams write for a shell. */
const SCRIPTS = new Set(['cmd', 'bat', 'ps1', 'vbs'])
const DEFINITIONS = new Set(['xml', 'reg'])

/** It writes down what is started later: a task, a value of the registry. */
function isLater({ slug }: Signature): boolean {
  return slug === 'schtasks.exe' || slug === 'reg.exe'
}

function isScript({ target }: Signature): boolean {
  return SCRIPTS.has(target?.extension ?? '')
}

/** A file that says what to set is taken in and not run itself, and set-up programs unpack theirs. */
function isDefinition(signature: Signature): boolean {
  return isLater(signature) && DEFINITIONS.has(signature.target?.extension ?? '')
}

/** A task's definition says what is run: of folders that others can write to only a product's own. */
function isKeptDefinition(signature: Signature): boolean {
  return isDefinition(signature) && (signature.slug === 'reg.exe' || isOfProduct(signature))
}

function isOfProduct(signature: Signature): boolean {
  return isMakersOwn(signature) || isProductData(signature)
}

/** The usual repair of a host whose Defender does not start: its policies are deleted, most of which switch it off. */
const DEFENDER_POLICIES =
  /^reg delete hklm\\software\\policies\\microsoft\\windows defender(?:\\real-time protection)?(?: \/(?:f|va|reg:\S{1,8})){0,3}$/

/** Where administrators and products have reason to have something start later, or to change what guards a host. */
export const LATER: readonly Exception[] = [
  {
    facts: ['user-temp', 'temp-folder'],
    bits: 1,
    when: (one) => isDefinition(one) && (one.slug === 'reg.exe' || !isScriptHost(one.parentName)),
  },
  { facts: ['downloads', 'desktop'], bits: 1, when: (one) => one.slug === 'reg.exe' && isDefinition(one) },
  {
    facts: ['root-folder', 'data-drive', 'source-folder', 'own-share', 'intranet-share'],
    bits: 0.5,
    when: isDefinition,
  },
  { facts: ['user-folder', 'program-data-folder'], bits: 0.5, when: isKeptDefinition },
  { facts: ['program-data-folder'], bits: 0.5, when: (one) => isLater(one) && isMakersOwn(one) },
  { facts: ['program-data-folder'], bits: 1.5, when: (one) => isLater(one) && isProductData(one) },
  { facts: ['program-data-folder'], bits: 2.5, when: isLater },
  // teams keep scripts and tools of their own in a folder of the drive, or on a share
  {
    facts: ['root-folder', 'data-drive', 'own-share'],
    bits: 0.5,
    when: (one) => isLater(one) && isScript(one),
  },
  { facts: ['root-folder', 'data-drive', 'source-folder'], bits: 1.5, when: isLater },
  { facts: ['own-share', 'intranet-share'], bits: 1, when: isLater },
  // scripts of netsh's commands are kept as other scripts are
  {
    facts: ['root-folder', 'data-drive', 'own-share'],
    bits: 0.5,
    when: ({ slug, facts }) => slug === 'netsh.exe' && facts.includes('opens-file'),
  },
  // a port or a group of rules of Windows' own, as guides of products and servers have it; a product keeps its programs in ProgramData
  {
    facts: ['opens-firewall'],
    bits: 1,
    when: (one) =>
      one.target === null ? one.slug !== 'reg.exe' : one.target.class === 'program-data' && isOfProduct(one),
  },
  {
    facts: ['weakens-defence'],
    bits: 2,
    when: ({ slug, pattern }) => slug === 'reg.exe' && DEFENDER_POLICIES.test(pattern ?? ''),
  },
  // Microsoft's guides mend broken definitions so, and a false alarm is put back
  {
    facts: ['weakens-defence'],
    bits: 2,
    when: ({ slug, mode }) =>
      slug === 'mpcmdrun.exe' &&
      /^(?:removedefinitions dynamic|removedynamicsignature|restore)$/.test(mode ?? ''),
  },
  // administrators open remote desktop, and their own sessions of management, by the registry
  {
    facts: ['weakens-defence'],
    bits: 2,
    when: ({ slug, pattern }) =>
      slug === 'reg.exe' &&
      / \/v (?:fdenytsconnections|localaccounttokenfilterpolicy)(?: |$)/.test(pattern ?? ''),
  },
]
