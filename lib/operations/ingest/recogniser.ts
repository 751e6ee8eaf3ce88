import { buildMatcher, type CatalogueMatch, isProxy, type Matcher } from '@/lib/pipeline/catalogue/match'
import { isProxyingUse, mayProxy } from '@/lib/pipeline/catalogue/tools/proxying-use'
import { mayHost, readHosted } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import type { StoredEntry } from '@/lib/store/catalogue'
import { rememberingSeveral } from '@/lib/store/remembering'

type Identifying = Pick<ProcessCreation, 'image' | 'originalFileName' | 'commandLine'>

/** Which catalogue entry a process belongs to; nulls for a process that is not counted: its binary is off, and it does not run other code through it. */
export type Recogniser = (creation: Identifying) => Recognised
type Recognised = { entryId: number | null; hostedEntryId: number | null }

const NOTHING: Recognised = { entryId: null, hostedEntryId: null }

/** Recognises what a catalogue knows, and remembers what it recognised. */
export function toRecogniser(catalogue: readonly StoredEntry[]): Recogniser {
  const entries = catalogue.filter((entry) => !entry.retired)
  const matcher = buildMatcher(entries)
  const idOf = new Map(entries.map((entry) => [entry.slug, entry.id]))
  const enabledOptional = new Set(entries.filter(({ enabled }) => enabled).map(({ slug }) => slug))
  const recognise: Recogniser = (creation) => {
    const match = findMatch(matcher, creation)
    if (match === null) return NOTHING
    const { entry } = match
    if (!isProxy(entry, enabledOptional) && !isProxyingUse(entry.slug, creation.commandLine, creation.image))
      return NOTHING
    return {
      entryId: idOf.get(entry.slug) ?? null,
      hostedEntryId: match.hostedEntry === null ? null : (idOf.get(match.hostedEntry) ?? null),
    }
  }
  const programs = rememberingSeveral<{ found: Recognised; readsLine: boolean }>()
  const lines = rememberingSeveral<Recognised>()
  return (creation) => {
    const { image, originalFileName, commandLine } = creation
    const { found, readsLine } = programs(image, [originalFileName], () => ({
      found: recognise({ image, originalFileName, commandLine: null }),
      readsLine: dependsOnLine(slugOf(matcher, creation)),
    }))
    if (!readsLine || commandLine === null) return found
    return lines(commandLine, [image, originalFileName], () => recognise(creation))
  }
}

/** Most programs are known by their names alone: their command lines need not be read. */
function dependsOnLine(slug: string | null): boolean {
  return slug !== null && (mayHost(slug) || mayProxy(slug))
}

/** What it hosts can only matter for a catalogued binary, or PowerShell 7, which has no entry of its own but runs the same scripts. */
function slugOf(matcher: Matcher, { image, originalFileName }: Identifying): string | null {
  const plain = matcher.match({ image, originalFileName, hosted: null })
  return plain?.entry.slug ?? (fileName(image) === 'pwsh.exe' ? 'powershell.exe' : null)
}

function findMatch(matcher: Matcher, creation: Identifying): CatalogueMatch | null {
  const { image, originalFileName, commandLine } = creation
  const slug = slugOf(matcher, creation)
  const hosted = slug === null ? null : readHosted(slug, commandLine, image)
  return matcher.match({ image, originalFileName, hosted })
}
