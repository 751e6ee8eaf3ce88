import type { Actor } from '@/lib/pipeline/actor'
import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import {
  diffCatalogue,
  type LolbasImport,
  MAX_JSON_CHARACTERS,
  MAX_YAML_CHARACTERS,
  parseLolbasJson,
  parseLolbasYaml,
} from '@/lib/pipeline/catalogue/lolbas'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { loadCatalogue } from '@/lib/store/catalogue'
import { pool } from '@/lib/store/pool'
import { memorySource } from './ingest/byte-source'
import { openZipMembers } from './ingest/open-zip'

/** What an import would bring, and what of the file could not be read. */
export type LolbasPreview = {
  added: CatalogueEntry[]
  changed: { name: string; fields: string[] }[]
  unchanged: number
  /** `where`: the file, and the entry in it where known. */
  warnings: { where: string; reason: string }[]
}

const MAX_FILES = 2000
const ZIP = [0x50, 0x4b]

/** Reads LOLBAS's `lolbas.json`, one of its YAML files, or a zip of them, and compares it with the catalogue. Nothing is changed. */
export async function previewLolbas(actor: Actor, name: string, bytes: Uint8Array): Promise<LolbasPreview> {
  requirePermission(actor, 'manage-catalogue')
  const { entries, warnings } = merge(await readFiles(name, bytes))
  const { added, changed, unchanged } = diffCatalogue(await loadCatalogue(pool()), entries)
  return {
    added: [...added],
    changed: changed.map(({ current, fields }) => ({ name: current.name, fields: [...fields] })),
    unchanged: unchanged.length,
    warnings,
  }
}

/** All entries, the first of a name; what was left out becomes warnings. */
function merge(files: readonly ReadFile[]): {
  entries: CatalogueEntry[]
  warnings: LolbasPreview['warnings']
} {
  const entries = new Map<string, CatalogueEntry>()
  const warnings = files.flatMap(({ path, read }) => read.rejections.map((one) => toWarning(path, one)))
  for (const { path, read } of files) {
    for (const entry of read.entries) {
      if (entries.has(entry.slug))
        warnings.push({ where: path, reason: `${entry.name} is in more than one file.` })
      else entries.set(entry.slug, entry)
    }
  }
  return { entries: [...entries.values()], warnings }
}

function toWarning(path: string, { recordId, position, reason }: LolbasImport['rejections'][number]) {
  const entry = recordId ?? (position > 0 ? `entry ${position}` : null)
  return { where: entry === null ? path : `${path}: ${entry}`, reason }
}

type ReadFile = { path: string; read: LolbasImport }

async function readFiles(name: string, bytes: Uint8Array): Promise<ReadFile[]> {
  if (bytes[0] === ZIP[0] && bytes[1] === ZIP[1]) return await readZip(name, bytes)
  return [{ path: name, read: readText(name, Buffer.from(bytes).toString('utf8')) }]
}

function readText(path: string, text: string): LolbasImport {
  const json = /\.json$/i.test(path) || text.trimStart().startsWith('[')
  return json ? parseLolbasJson(text) : parseLolbasYaml(text)
}

async function readZip(name: string, bytes: Uint8Array): Promise<ReadFile[]> {
  const files: ReadFile[] = []
  try {
    for await (const member of openZipMembers(memorySource(name, bytes))) {
      if (!/\.(ya?ml|json)$/i.test(member.name)) continue
      if (files.length >= MAX_FILES)
        return [...files, refused(name, `Only the first ${MAX_FILES} files were read.`)]
      const text = await readMember(
        member.bytes,
        /\.json$/i.test(member.name) ? MAX_JSON_CHARACTERS : MAX_YAML_CHARACTERS,
      )
      files.push({
        path: member.name,
        read: text === null ? tooLarge() : readText(member.name, text),
      })
    }
  } catch {
    return [...files, refused(name, 'The zip is damaged: what came before was read.')]
  }
  return files.length > 0 ? files : [refused(name, 'The zip holds no YAML or JSON file.')]
}

/** Text of a member; null when it is longer than any real one, so that it is never held whole. */
async function readMember(bytes: AsyncIterable<Uint8Array>, most: number): Promise<string | null> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > most) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function tooLarge(): LolbasImport {
  return {
    entries: [],
    rejections: [{ position: 0, recordId: null, reason: 'The file is larger than any LOLBAS entry.' }],
  }
}

function refused(path: string, reason: string): ReadFile {
  return { path, read: { entries: [], rejections: [{ position: 0, recordId: null, reason }] } }
}
