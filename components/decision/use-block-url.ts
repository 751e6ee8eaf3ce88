'use client'

import { useTableUrl } from '@/components/table/use-table-url'
import type { Block, BlockException, Control } from '@/lib/pipeline/decision/block'
import { toBlockParams } from '@/lib/pipeline/decision/block-url'

/** Changes of the block that a page asks about; it lives in the URL, so that the back button takes a step back. */
export function useBlockUrl(block: Block, control: Control) {
  const { go, pending } = useTableUrl()
  const change = (next: Partial<Omit<Block, 'slug'>> & { control?: Control }) =>
    go(toBlockParams({ ...block, ...next }, next.control ?? control))
  return {
    pending,
    change,
    spare: (exception: BlockException) => change({ exceptions: [...block.exceptions, exception] }),
    unspare: (index: number) => change({ exceptions: block.exceptions.filter((_, at) => at !== index) }),
  }
}
