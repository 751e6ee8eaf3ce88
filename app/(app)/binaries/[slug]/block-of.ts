import type { Block, Control } from '@/lib/pipeline/decision/block'
import { readBlockParams } from '@/lib/pipeline/decision/block-url'
import type { BinaryHeader } from '@/lib/store/screens/binary/view'
import type { SearchParams } from '@/lib/store/screens/table-request'

const MAX_VALUES = 200

/** The block that a page's URL asks about; without any, refusing to start it by the platform's own application control. */
export function blockOf(entry: BinaryHeader, params: SearchParams): Block & { control: Control } {
  const read = readBlockParams((name) => [params[name] ?? []].flat().slice(0, MAX_VALUES))
  return {
    slug: entry.slug,
    effect: read.effect ?? 'execution',
    control: read.control ?? (entry.platform === 'macos' ? 'santa' : 'app-control'),
    scope: read.scope,
    exceptions: read.exceptions,
  }
}
