'use client'

import { clsx } from 'clsx'
import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { type ClipboardEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { formatNumber } from '@/components/ui/numbers'
import { PALETTE_INPUT, PALETTE_ITEM, PALETTE_LIST } from '@/components/ui/palette-look'
import {
  chosenFirst,
  countWords,
  idsByName,
  moreWords,
  type Named,
  splitNames,
  withText,
} from './scope-words'

/** More rows are found by typing: a list of thousands is slow, and nobody reads it. */
const MOST_ROWS = 100

type PlacePickerProps = {
  word: 'group' | 'host'
  all: readonly Named[]
  /** Ids; of `all`, or of places that it does not list. */
  chosen: readonly number[]
  /** What is said where none of them has a name. */
  none: string
  /** Names that were given before and mean none of them. */
  unknown?: readonly string[]
  /** Finds places by names that the list does not have: ids by name, lower-case. */
  findByNames?: (names: readonly string[]) => Promise<ReadonlyMap<string, number>>
  autoFocus?: boolean
  onChange: (chosen: number[]) => void
}

/** Some of many places, found by a part of their names or pasted, many names at once; those that are chosen when it opens come first. */
export function PlacePicker(props: PlacePickerProps) {
  const { word, all, chosen, none, autoFocus = false, onChange } = props
  // they keep their places while they are chosen from
  const [listed] = useState(() => chosenFirst(all, chosen))
  const [text, setText] = useState('')
  const found = withText(listed, text)
  const toggle = (id: number) =>
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  const { paste, unknown } = usePaste(props, () => setText(''))
  return (
    <>
      <Command label={`Some ${word}s`} shouldFilter={false} loop>
        <Command.Input
          value={text}
          onValueChange={setText}
          onPaste={paste}
          autoFocus={autoFocus}
          placeholder={`Find a ${word}, or paste many names`}
          className={PALETTE_INPUT}
        />
        <Command.List label={`${word}s`} className={clsx(PALETTE_LIST, 'max-h-64!')}>
          {found.slice(0, MOST_ROWS).map(({ id, name }) => (
            <Command.Item
              key={id}
              value={String(id)}
              aria-checked={chosen.includes(id)}
              className={PALETTE_ITEM}
              onSelect={() => toggle(id)}
            >
              <span className="flex-1 truncate">{name}</span>
              {chosen.includes(id) && <Check aria-hidden />}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
      <p aria-live="polite" className="wrap-anywhere max-h-24 overflow-y-auto px-2 text-warn not-empty:pb-2">
        {unknown.length > 0 &&
          `${unknown.length === 1 ? 'This name means' : `These ${formatNumber(unknown.length)} names mean`} none of them: ${unknown.join(', ')}`}
      </p>
      <div className="flex min-h-7 items-center justify-between gap-2 border-t px-2 pt-2 text-muted text-small">
        <p role="status">
          {countWords(all, chosen)}
          {found.length === 0 ? ` ${none}` : moreWords(found.length, MOST_ROWS)}
        </p>
        {chosen.length > 0 && (
          <Button variant="quiet" onClick={() => onChange([])}>
            Choose none
          </Button>
        )}
      </div>
    </>
  )
}

/** Chooses all that pasted names mean; a single one is looked for. `unknown`: the names that mean none, those given before among them. */
function usePaste(
  { all, chosen, unknown: before = [], findByNames, onChange }: PlacePickerProps,
  onPasted: () => void,
) {
  const [pasted, setPasted] = useState<readonly string[]>([])
  const choose = async (names: readonly string[]) => {
    const { ids, unknown } = idsByName(all, names)
    const others = (unknown.length > 0 && (await findByNames?.(unknown))) || new Map<string, number>()
    const offered = new Set(all.map(({ id }) => id))
    const found = unknown.flatMap((name) => others.get(name) ?? []).filter((id) => offered.has(id))
    setPasted(unknown.filter((name) => !offered.has(others.get(name) ?? Number.NaN)))
    onChange([...new Set([...chosen, ...ids, ...found])])
  }
  const paste = (event: ClipboardEvent) => {
    const names = splitNames(event.clipboardData.getData('text'))
    if (names.length < 2) return
    event.preventDefault()
    onPasted()
    void choose(names)
  }
  return { paste, unknown: [...new Set([...before, ...pasted])] }
}
