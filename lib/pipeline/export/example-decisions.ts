import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { Block, BlockException } from '@/lib/pipeline/decision/block'
import type { ApprovedBlock, DecisionSet, Mode, PlaceNames } from './approved-block'

/** For tests. */
export const EXAMPLE_NAMES: PlaceNames = {
  groups: new Map([
    [1, 'Workstations'],
    [2, 'Zahlstelle Köln "Süd"'],
  ]),
  hosts: new Map([[7, 'kiosk-7.corp.example']]),
}

/** An approved block for tests. @throws where the catalogue has no such entry */
export function exampleBlock(
  decisionId: number,
  slug: string,
  more: Partial<Block> & Partial<Pick<ApprovedBlock, 'mode' | 'note' | 'until'>> = {},
): ApprovedBlock {
  const target = CATALOGUE.find((entry) => entry.slug === slug)
  if (target === undefined) throw new Error(`The catalogue has no ${slug}.`)
  const { mode = 'enforce', note = 'Nobody has used it for 90 days.', until = null, ...terms } = more
  return {
    decisionId,
    block: { slug, effect: 'execution', scope: { kind: 'fleet' }, exceptions: [], ...terms },
    mode,
    target,
    note,
    approvedOn: '2026-11-02',
    until,
  }
}

const spared = { reason: 'The label printer needs it.', until: null }

function inBothModes(decisionId: number, slug: string, terms: Partial<Block> = {}): ApprovedBlock[] {
  return (['audit', 'enforce'] satisfies Mode[]).map((mode) =>
    exampleBlock(decisionId, slug, { ...terms, mode }),
  )
}

const KIOSK: BlockException = { kind: 'host', id: 7, ...spared }
const SOUTH: BlockException = { kind: 'group', id: 2, ...spared }
const BY_PRINTER: BlockException = { kind: 'parent', value: 'printsvc.exe @ program-files', ...spared }
const BY_PATTERN: BlockException = {
  kind: 'pattern',
  value: 'rundll32 <system>\\printui.dll,printuientry /<*>',
  ...spared,
}

/** Decisions of every kind that an export has to do with. */
export const EXAMPLE_DECISIONS: DecisionSet = {
  names: EXAMPLE_NAMES,
  blocks: [
    ...inBothModes(1, 'mshta.exe'),
    ...inBothModes(2, 'wmic.exe', { exceptions: [KIOSK] }),
    ...inBothModes(3, 'rundll32.exe', {
      scope: { kind: 'groups', ids: [1] },
      exceptions: [BY_PRINTER, BY_PATTERN],
    }),
    ...inBothModes(4, 'regasm.exe', { effect: 'network', exceptions: [SOUTH] }),
    ...inBothModes(5, 'hh.exe', { effect: 'reassociate' }),
    ...inBothModes(6, 'wmic.exe', { effect: 'remove', scope: { kind: 'hosts', ids: [7] } }),
    ...inBothModes(7, 'osascript'),
    ...inBothModes(8, 'pubprn.vbs'),
    ...inBothModes(9, 'zipfldr.dll', { scope: { kind: 'groups', ids: [2, 1] } }),
  ],
}
