import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import { locatePath, type PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { NAMES_PROCESS } from './dumpers'
import { executedFrom } from './location-facts'
import { runsNothingHere } from './runs-nothing'
import type { RiskFact } from './tool-use'

type Placed = {
  pattern: string
  mode: string
  target: { class: PathClass; extension: string | null } | null
  facts: readonly RiskFact[]
}

/** Where a process stood, and who had it stand there; null = not reported. */
export type Standing = { workingDirectory: string | null; parent: string | null }

/** Kinds of file that are code by themselves: named without a folder, they come from wherever the caller stood. */
export const MODULES: ReadonlySet<string> = new Set(['dll', 'ocx', 'cpl', 'exe'])
/** They run tests, or register what a developer has just built. */
const BUILD_RUNNERS: ReadonlySet<string> = new Set([
  'vstest.console.exe',
  'installutil.exe',
  'regasm.exe',
  'regsvcs.exe',
])
/** `bin\debug` and the like, from where the caller stood, as the first that is no option. */
const BUILT_HERE =
  /^\S{1,64} (?:[-/]\S{0,256} ){0,16}<relative>\\(?!\.\.|[^ ]{0,256}\\\.\.\\)(?:[^ ]{1,100}\\)?bin\\(?:[^ ]{1,40}\\)?(?:debug|release)\\/
/** Where nobody builds, and others leave what they brought. */
const NO_WORKPLACE: ReadonlySet<PathClass> = new Set([
  ...(['public', 'downloads', 'user-temp', 'temp', 'windows-writable', 'startup', 'recycle-bin'] as const),
  ...(['program-data', 'program-data-root', 'unc', 'webdav', 'drive-root'] as const),
])

/** Whether a developer tests or registers what was just built, by a path that begins where they stood. */
export function isBuiltHere(slug: string, pattern: string | null): boolean {
  return BUILD_RUNNERS.has(slug) && BUILT_HERE.test(pattern ?? '')
}

/** A shortcut in Explorer says itself in which folder it begins. */
const SHORTCUTS = /^explorer\.exe @ /
/** What every elevated shell begins in says nothing of where a file lies that is named without its folder. */
const UNTOLD: ReadonlySet<PathClass> = new Set(['system', 'windows', 'bare', 'relative', 'url'])

/**
 * Code that a use names without its folder, placed where its process stood (Sysmon's CurrentDirectory): a build among sources, or what was downloaded. Pattern and shape
 * stay as they are, for other sensors do not tell where a process stood.
 * @param workingDirectory as its source prints it
 * @param parent as the feature has it: "cmd.exe @ system"
 */
export function placedIn<Use extends Placed>(
  slug: string,
  use: Use,
  { workingDirectory, parent }: Standing,
): Use {
  const { target } = use
  if (NAMES_PROCESS.has(slug) || runsNothingHere(slug, use.mode) || SHORTCUTS.test(parent ?? '')) return use
  if (workingDirectory === null || (target?.class !== 'bare' && target?.class !== 'relative')) return use
  // what another host is told to start is found on that host
  if (!MODULES.has(target.extension ?? '') || use.facts.includes('remote-host')) return use
  const path = `${cleanPath(workingDirectory).replace(/\\$/, '')}\\file.${target.extension}`
  const location = locatePath(path).class
  if (isBuiltHere(slug, use.pattern) && !NO_WORKPLACE.has(location))
    return { ...use, facts: [...use.facts, 'build-folder'] }
  if (UNTOLD.has(location)) return use
  const facts = executedFrom(path).filter((fact) => !use.facts.includes(fact))
  return { ...use, target: { ...target, class: location }, facts: [...use.facts, ...facts] }
}
