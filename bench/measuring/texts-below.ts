import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

/** The files below a folder that are texts by their names, unpacked; none where there is no such folder. */
export function textsBelow(folder: string): { name: string; bytes: Buffer }[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|jsonl|ndjson|csv|xml|log|txt|out)(\.gz)?$/.test(name))
    .map((name) => {
      const packed = readFileSync(path.join(folder, name))
      return { name, bytes: name.endsWith('.gz') ? gunzipSync(packed) : packed }
    })
}
