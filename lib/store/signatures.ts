import type pg from 'pg'
import { FEATURES, SINGLE_FEATURES } from '@/lib/pipeline/baseline/features'
import { type Signature, valuesOf } from '@/lib/pipeline/baseline/signature'
import { hash64 } from '@/lib/pipeline/hash'
import { remembered } from '@/lib/pipeline/remembered'
import { ensureDictionary, unwritten } from './dictionaries'
import { memoryKey } from './pool'
import { signatureCache } from './signature-cache'
import { rows, sql } from './sql'

/** Id of a feature value's text. */
export const featureValueId = remembered((value) => hash64('value', value))

/** Id of a command pattern; null where none is reported. */
export function patternId({ slug, pattern }: Pick<Signature, 'slug' | 'pattern'>): string | null {
  return pattern === null ? null : hash64('pattern', slug, pattern)
}

export type PlacedSignature = { signature: Signature; entryId: number }

/** Makes sure that signatures, their patterns and their feature values are stored; `riskOf` answers a signature's risk in millibits. */
export async function ensureSignatures(
  pool: pg.Pool,
  all: readonly PlacedSignature[],
  riskOf: (signature: Signature) => number,
): Promise<void> {
  // a signature's row is written last: where it is there, so are its pattern and values
  const placed = unwritten(pool, 'signature', all, ({ signature }) => signature.id)
  const values = new Set(
    placed.flatMap(({ signature }) => FEATURES.flatMap((feature) => valuesOf(signature, feature) ?? [])),
  )
  await ensureDictionary(
    pool,
    'feature_value',
    [...values].map((value) => [featureValueId(value), value]),
  )
  await ensureDictionary(
    pool,
    'pattern',
    placed.flatMap(({ signature, entryId }) => {
      const id = patternId(signature)
      return id === null ? [] : [[id, entryId, signature.pattern ?? '', signature.shape ?? '']]
    }),
  )
  await ensureDictionary(
    pool,
    'signature',
    placed.map(({ signature, entryId }) => [
      signature.id,
      entryId,
      patternId(signature),
      toArray(
        SINGLE_FEATURES.map((feature) => signature.features[feature]).map(
          (value) => value && featureValueId(value),
        ),
      ),
      JSON.stringify(signature),
      riskOf(signature),
    ]),
  )
  const cache = loadedBy(pool)
  for (const { signature } of all) if (!cache.has(signature.id)) cache.set(signature.id, signature)
}

/** PostgreSQL's array text of ids. */
function toArray(ids: readonly (string | null)[]): string {
  return `{${ids.map((id) => id ?? 'NULL').join(',')}}`
}

type Cache = ReturnType<typeof signatureCache>

/** One a database for the process: a web server's pages and handlers are built apart, and each have a module of their own of this. */
const holder = globalThis as { cordonSignatures?: WeakMap<pg.Pool, Cache> }
holder.cordonSignatures ??= new WeakMap()
const loaded = holder.cordonSignatures

function loadedBy(pool: pg.Pool): Cache {
  const key = memoryKey(pool)
  const cache = loaded.get(key) ?? signatureCache()
  loaded.set(key, cache)
  return cache
}

/** Signatures by id. They never change, so what was read once is kept. */
export async function loadSignatures(pool: pg.Pool, ids: Iterable<string>): Promise<Map<string, Signature>> {
  const cache = loadedBy(pool)
  const found = new Map<string, Signature>()
  const missing: string[] = []
  for (const id of new Set(ids)) {
    const known = cache.get(id)
    if (known) found.set(id, known)
    else missing.push(id)
  }
  if (missing.length === 0) return found
  const read = await rows<{ id: string; content: Signature }>(
    pool,
    sql`SELECT id, content FROM signature WHERE id = ANY(${missing}::bigint[])`,
  )
  for (const { id, content } of read) {
    cache.set(id, content)
    found.set(id, content)
  }
  return found
}
