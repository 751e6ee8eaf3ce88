'use client'

import { useTableUrl } from '@/components/table/use-table-url'
import type { Block, BlockException, Control } from '@/lib/pipeline/decision/block'
import { readBlockParams, spareText, toBlockParams } from '@/lib/pipeline/decision/block-url'

/**
 * Changes of the block that a page asks about; it lives in the URL, so that the back button takes a step back. `asked`: as last asked for, which is
 * ahead of the page while the server still replays it: what is chosen meanwhile adds to that.
 */
export function useBlockUrl(block: Block, control: Control) {
  const { params, go, pending } = useTableUrl()
  const { scope, exceptions, ...read } = readBlockParams((name) => params.getAll(name))
  const asked = { scope, exceptions, effect: read.effect ?? block.effect, control: read.control ?? control }
  const change = (next: Partial<Omit<Block, 'slug'>> & { control?: Control }) => {
    const { control: by, ...terms } = { ...asked, ...next }
    go(toBlockParams({ slug: block.slug, ...terms }, by))
  }
  return {
    asked,
    pending,
    change,
    spare: (exception: BlockException) => change({ exceptions: [...exceptions, exception] }),
    unspare: (exception: BlockException) =>
      change({ exceptions: exceptions.filter((one) => spareText(one) !== spareText(exception)) }),
  }
}
