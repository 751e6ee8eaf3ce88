import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import { shippedNames } from '@/lib/pipeline/catalogue/match'
import type { Block, BlockException } from '@/lib/pipeline/decision/block'

/** What a control is to do on the hosts that it is given to: write down what it would block, or block it. */
export const MODES = ['audit', 'enforce'] as const
export type Mode = (typeof MODES)[number]

/** What exports need to know of the binary, of its catalogue entry. */
export type BlockTarget = Pick<
  CatalogueEntry,
  'slug' | 'name' | 'kind' | 'platform' | 'originalFileNames' | 'paths' | 'attack' | 'countermeasures'
>

/** An approved decision in one mode; a decision that audits on some hosts and enforces on others is two of them. */
export type ApprovedBlock = {
  decisionId: number
  block: Block
  mode: Mode
  target: BlockTarget
  /** Why it was proposed, as a person wrote it. */
  note: string
  /** 'YYYY-MM-DD'. */
  approvedOn: string
  /** The last day that it holds, 'YYYY-MM-DD'; null = until it is revoked. */
  until: string | null
}

/** What people call groups and hosts, by id. */
export type PlaceNames = {
  groups: ReadonlyMap<number, string>
  hosts: ReadonlyMap<number, string>
}

/** Everything that is exported: blocks whose exceptions hold today, in any order. */
export type DecisionSet = { blocks: readonly ApprovedBlock[]; names: PlaceNames }

/** Names that the binary's own builds go by, lower-case, the entry's first. */
export function imageNames({ slug }: BlockTarget): readonly string[] {
  return [slug, ...shippedNames(slug)]
}

/** What its version resource may say; the file's own name where the catalogue knows no other. */
export function originalNames(target: BlockTarget): readonly string[] {
  const names = new Set([
    ...target.originalFileNames,
    ...(target.originalFileNames.length === 0 ? imageNames(target) : []),
  ])
  return [...names].sort()
}

/** An exception in words: what it spares. */
export function exceptionWords(exception: BlockException, names: PlaceNames): string {
  switch (exception.kind) {
    case 'parent':
      return `when started by ${exception.value}`
    case 'pattern':
      return `the use "${exception.value}"`
    case 'user':
      return `the user ${exception.value}`
    case 'group':
      return `the hosts of ${names.groups.get(exception.id) ?? `group ${exception.id}`}`
    case 'host':
      return `the host ${names.hosts.get(exception.id) ?? exception.id}`
  }
}
