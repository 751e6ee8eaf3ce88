import { z } from 'zod'
import type { Rejection } from '../event/raw-record'
import { readYaml } from '../parse/yaml'
import { kindOf } from './entries/builder'
import type { CatalogueEntry } from './entry'

/** The published file is below 1 MB. */
export const MAX_JSON_CHARACTERS = 16 * 1024 * 1024
/** A published entry is below 20 kB. The YAML parser takes up to 20 µs a character of hostile text. */
export const MAX_YAML_CHARACTERS = 256 * 1024
/** Published entries nest five levels, each up to three deep in the syntax tree. */
const MAX_YAML_DEPTH = 40
const MAX_ENTRIES = 5000
const MAX_COMMANDS = 500
const MAX_PATHS = 1000
const MAX_TEXT = 4000
const MAX_PATH = 1024

const FILE_NAME = /^[\w .()+@-]{1,120}$/
const TECHNIQUE = /\bT\d{4}(?:\.\d{3})?\b/g
const ABSOLUTE_PATH = /^(?:[a-z]:\\|%|\/)/i

const commandSchema = z.object({
  Category: z.string().trim().min(1).max(60),
  MitreID: z.string().max(200).nullish(),
})

const pathSchema = z.object({ Path: z.string().trim().max(MAX_PATH).nullish() })

const entrySchema = z.object({
  Name: z.string().trim().regex(FILE_NAME, 'must be a file name'),
  Description: z.string().trim().max(MAX_TEXT).nullish(),
  Commands: z.array(commandSchema).min(1).max(MAX_COMMANDS),
  Full_Path: z.array(pathSchema.nullable()).max(MAX_PATHS).nullish(),
})

type LolbasEntry = z.infer<typeof entrySchema>

export type LolbasImport = {
  /** Drafts in the optional tier: nothing imported is scored before an admin turns it on. */
  entries: readonly CatalogueEntry[]
  rejections: readonly Rejection[]
}

export type CatalogueChange = {
  current: CatalogueEntry
  incoming: CatalogueEntry
  fields: readonly ('functions' | 'attack' | 'paths')[]
}

export type CatalogueDiff = {
  added: readonly CatalogueEntry[]
  changed: readonly CatalogueChange[]
  unchanged: readonly CatalogueEntry[]
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort()
}

function toDraft(source: LolbasEntry): CatalogueEntry {
  const paths = (source.Full_Path ?? []).map((item) => item?.Path ?? '')
  return {
    slug: source.Name.toLowerCase(),
    name: source.Name,
    kind: kindOf(source.Name),
    tier: 'optional',
    platform: 'windows',
    originalFileNames: [],
    paths: [...new Set(paths.filter((path) => ABSOLUTE_PATH.test(path)))],
    description: source.Description ?? '',
    legitimateUse: null,
    functions: distinct(source.Commands.map((command) => command.Category)),
    attack: distinct(source.Commands.flatMap((command) => command.MitreID?.match(TECHNIQUE) ?? [])),
    countermeasures: [],
    namedInMission: false,
  }
}

function printedName(value: unknown): string | null {
  const named = z.object({ Name: z.string() }).safeParse(value)
  return named.success ? named.data.Name.slice(0, 120) : null
}

function explain(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'The entry is not in the LOLBAS form.'
  const field = issue.path.length > 0 ? issue.path.join('.') : 'entry'
  return `The entry is not in the LOLBAS form: ${field}: ${issue.message}.`.replace('..', '.')
}

function rejectAll(reason: string): LolbasImport {
  return { entries: [], rejections: [{ position: 0, recordId: null, reason }] }
}

function toDrafts(values: readonly unknown[]): LolbasImport {
  if (values.length > MAX_ENTRIES) return rejectAll(`The file holds more than ${MAX_ENTRIES} entries.`)
  const entries = new Map<string, CatalogueEntry>()
  const rejections: Rejection[] = []
  for (const [index, value] of values.entries()) {
    const parsed = entrySchema.safeParse(value)
    const draft = parsed.success ? toDraft(parsed.data) : null
    if (draft !== null && !entries.has(draft.slug)) entries.set(draft.slug, draft)
    else {
      const reason = parsed.success ? 'The file names this entry twice.' : explain(parsed.error)
      rejections.push({ position: index + 1, recordId: printedName(value), reason })
    }
  }
  return { entries: [...entries.values()], rejections }
}

/**
 * Reads the array that LOLBAS publishes as `lolbas.json`. Text is kept as data and never run;
 * what does not fit is a rejection, positions counting entries from 1 and 0 meaning the whole file.
 */
export function parseLolbasJson(text: string): LolbasImport {
  if (text.length > MAX_JSON_CHARACTERS) return rejectAll('The file is larger than 16 MiB.')
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? toDrafts(parsed) : rejectAll('The file is not a list of LOLBAS entries.')
  } catch {
    return rejectAll('The file is not JSON.')
  }
}

/**
 * Reads LOLBAS entries written as YAML, one a document. Aliases are refused (no published entry has one, and
 * a few lines of them expand to gigabytes), tags of other types are read as plain values.
 */
export function parseLolbasYaml(text: string): LolbasImport {
  if (text.length > MAX_YAML_CHARACTERS) return rejectAll('The file is larger than 256 KiB.')
  const { values, problem } = readYaml(text, MAX_YAML_DEPTH)
  if (values === null) return rejectAll(`The file ${problem}.`)
  const entries = values.filter((value) => value !== null)
  return entries.length > 0 ? toDrafts(entries) : rejectAll('The file holds no LOLBAS entry.')
}

function sameValues(current: readonly string[], incoming: readonly string[]): boolean {
  const known = new Set(current.map((value) => value.toLowerCase()))
  const offered = new Set(incoming.map((value) => value.toLowerCase()))
  return known.size === offered.size && [...offered].every((value) => known.has(value))
}

/**
 * What an import would bring: entries that are new, entries whose functions, techniques or paths differ (order and
 * case aside), and the rest. Descriptions and tiers are not compared: the catalogue's own are written for it.
 */
export function diffCatalogue(
  current: readonly CatalogueEntry[],
  incoming: readonly CatalogueEntry[],
): CatalogueDiff {
  const bySlug = new Map(current.map((entry) => [entry.slug, entry]))
  const added: CatalogueEntry[] = []
  const changed: CatalogueChange[] = []
  const unchanged: CatalogueEntry[] = []
  for (const entry of incoming) {
    const known = bySlug.get(entry.slug)
    if (known === undefined) {
      added.push(entry)
      continue
    }
    const fields = (['functions', 'attack', 'paths'] as const).filter(
      (field) => !sameValues(known[field], entry[field]),
    )
    if (fields.length === 0) unchanged.push(known)
    else changed.push({ current: known, incoming: entry, fields })
  }
  return { added, changed, unchanged }
}
