import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
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

/** What sources print for a file without a version resource. */
const NO_NAME = new Set(['', '-', '?', 'unknown'])

/** Language resources name the file they belong to: "rundll32.exe.mui". */
function reportedName(originalFileName: string | null): string | null {
  const name =
    originalFileName
      ?.trim()
      .toLowerCase()
      .replace(/\.mui$/, '') ?? ''
  return NO_NAME.has(name) ? null : name
}

/** Compares the image with what the catalogue knows of the tool. An original name that was not reported proves nothing. */
export function identityOf(entry: CatalogueEntry, image: string, originalFileName: string | null): Identity {
  const name = fileName(image)
  const original = reportedName(originalFileName)
  const known = entry.originalFileNames.includes(original ?? '')
  const bearsName = name === entry.slug
  const renamed = known && !bearsName && name !== original
  const impostor = bearsName && original !== null && !known && entry.originalFileNames.length > 0
  const imageClass = classifyPath(image)
  const value = [imageClass, renamed && 'renamed', impostor && 'impostor'].filter(Boolean).join(', ')
  return { imageClass, renamed, impostor, value }
}
