import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import { buildMatcher, type Matcher } from '@/lib/pipeline/catalogue/match'
import { classifyPath, fileName, type PathClass } from '@/lib/pipeline/normalise/command-line/path-class'

/** Which file ran, as far as its name and folder say. */
export type Identity = {
  imageClass: PathClass
  /** Its version resource names the tool, its file name does not. */
  renamed: boolean
  /** Its file name is the tool's, its version resource names another program. */
  impostor: boolean
  /** The feature value: "system", "user-temp, renamed". */
  value: string
}

const MATCHERS = new WeakMap<CatalogueEntry, Matcher>()

function matcherOf(entry: CatalogueEntry): Matcher {
  const known = MATCHERS.get(entry) ?? buildMatcher([entry])
  MATCHERS.set(entry, known)
  return known
}

/** Compares an image with what the catalogue knows of its tool. An original name that was not reported proves nothing. */
export function identityOf(entry: CatalogueEntry, image: string, originalFileName: string | null): Identity {
  const imageClass = classifyPath(image)
  const masquerade = matcherOf(entry).match({ image, originalFileName, hosted: null })?.masquerade ?? null
  const bearsName = fileName(image) === entry.slug
  const renamed = masquerade !== null && !bearsName
  const impostor = masquerade !== null && bearsName
  const value = [imageClass, renamed && 'renamed', impostor && 'impostor'].filter(Boolean).join(', ')
  return { imageClass, renamed, impostor, value }
}
