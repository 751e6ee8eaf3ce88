import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import type { RiskFact } from './tool-use'

/** Where code may be planted or fetched from, by the class of its path. Classes that are not listed show no risk by themselves. */
const FACTS: Partial<Record<PathClass, readonly RiskFact[]>> = {
  url: ['remote-url'],
  unc: ['unc-path'],
  webdav: ['unc-path', 'remote-url'],
  public: ['public-folder'],
  'windows-writable': ['writable-windows-folder'],
  'user-temp': ['user-temp'],
  temp: ['temp-folder'],
  'unix-temp': ['temp-folder'],
  downloads: ['downloads'],
  desktop: ['desktop'],
  startup: ['startup-folder'],
  'root-folder': ['root-folder'],
  'drive-root': ['root-folder'],
  'program-data-root': ['program-data-root'],
  'alternate-data-stream': ['alternate-data-stream'],
  'recycle-bin': ['recycle-bin'],
  'shadow-copy': ['shadow-copy'],
}

/** Facts that hold for any path named, executed or not: the rest only count for what is executed. */
const ANYWHERE: ReadonlySet<RiskFact> = new Set(['remote-url', 'unc-path', 'alternate-data-stream'])

/** Risk of executing something at this kind of place. */
export function executedFrom(location: PathClass): readonly RiskFact[] {
  return FACTS[location] ?? []
}

/** Risk of merely naming something at this kind of place. */
export function namedAt(location: PathClass): readonly RiskFact[] {
  return executedFrom(location).filter((fact) => ANYWHERE.has(fact))
}
