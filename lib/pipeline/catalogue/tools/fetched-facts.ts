import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import type { Argument } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { BY_NUMBER, executedFrom } from './location-facts'
import { targetPiece } from './piece'
import type { RiskFact } from './tool-use'

const CODE: ReadonlySet<string> = new Set(
  'exe dll com scr sys ocx cpl ps1 bat cmd vbs vbe js jse wsf hta msi sct'.split(' '),
)
const ELSEWHERE: ReadonlySet<string> = new Set(['url', 'webdav'])

/**
 * What a tool that packs, unpacks or copies takes from the network: from the web anything, from a share code, and whatever a copy of a single file is made of. Cabinets
 * and data on shares are what these tools are for.
 * @param copies it makes a copy of the one file that it is told
 */
export function fetchedFacts(source: Argument, copies: boolean): readonly RiskFact[] {
  const { target } = targetPiece(source)
  if (target === null) return []
  if (ELSEWHERE.has(target.class)) return ['download']
  const isAddress = executedFrom(cleanPath(source.value)).some((fact) => BY_NUMBER.has(fact))
  const isShare = target.class === 'unc'
  return isShare && (copies || isAddress || CODE.has(target.extension ?? '')) ? ['download'] : []
}
