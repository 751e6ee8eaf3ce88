import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import { locatePath, type PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { NAMES_PROCESS } from './dumpers'
import { executedFrom } from './location-facts'
import type { RiskFact } from './tool-use'

type Placed = {
  target: { class: PathClass; extension: string | null } | null
  facts: readonly RiskFact[]
}

/** Kinds of file that are code by themselves. */
const CODE = new Set(['dll', 'ocx', 'cpl', 'exe'])
/** What every elevated shell begins in says nothing of where a file lies that is named without its folder. */
const UNTOLD: ReadonlySet<PathClass> = new Set(['system', 'windows', 'bare', 'relative', 'url'])

/**
 * Code that a use names without its folder, placed where its process stood (Sysmon's CurrentDirectory): a build among sources, or what was downloaded. Pattern and shape
 * stay as they are, for other sensors do not tell where a process stood.
 * @param workingDirectory as its source prints it; null = not reported
 */
export function placedIn<Use extends Placed>(slug: string, use: Use, workingDirectory: string | null): Use {
  const { target } = use
  if (NAMES_PROCESS.has(slug)) return use
  if (workingDirectory === null || (target?.class !== 'bare' && target?.class !== 'relative')) return use
  // what another host is told to start is found on that host
  if (!CODE.has(target.extension ?? '') || use.facts.includes('remote-host')) return use
  const path = `${cleanPath(workingDirectory).replace(/\\$/, '')}\\file.${target.extension}`
  const location = locatePath(path).class
  if (UNTOLD.has(location)) return use
  const facts = executedFrom(path).filter((fact) => !use.facts.includes(fact))
  return { ...use, target: { ...target, class: location }, facts: [...use.facts, ...facts] }
}
