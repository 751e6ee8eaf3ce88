import { ownName } from '@/lib/pipeline/normalise/own-name'
import { readToolUse } from './read-tool-use'
import type { Part } from './tool-use'

/** A command line as recorded; null = not reported. */
export type Recorded = {
  /** Catalogue slug of the binary, by whose grammar the command line is read. */
  slug: string
  /** The host's printed name. */
  host: string
  image: string
  commandLine: string | null
}

/** Parts of a recorded command line as its pattern writes them: with the host's own name left open. None where none was reported. */
export function recordedParts({ slug, host, image, commandLine }: Recorded): readonly Part[] {
  return readToolUse(slug, commandLine, image, { domain: null, name: ownName(host) })?.parts ?? []
}
