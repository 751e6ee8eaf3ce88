'use client'

import { clsx } from 'clsx'
import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { PALETTE_INPUT, PALETTE_ITEM, PALETTE_LIST } from '@/components/ui/palette-look'
import { chosenFirst, countWords, moreWords, type Named, withText } from './scope-words'

/** More rows are found by typing: a list of thousands is slow, and nobody reads it. */
const MOST_ROWS = 100

type PlacePickerProps = {
  word: 'group' | 'host'
  all: readonly Named[]
  /** Ids; of `all`, or of places that it does not list. */
  chosen: readonly number[]
  /** What is said where none of them has a name. */
  none: string
  autoFocus?: boolean
  onChange: (chosen: number[]) => void
}

/** Some of many places, found by a part of their names; those that are chosen when it opens come first. */
export function PlacePicker({ word, all, chosen, none, autoFocus = false, onChange }: PlacePickerProps) {
  // they keep their places while they are chosen from
  const [listed] = useState(() => chosenFirst(all, chosen))
  const [text, setText] = useState('')
  const found = withText(listed, text)
  const toggle = (id: number) =>
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  return (
    <>
      <Command label={`Some ${word}s`} shouldFilter={false} loop>
        <Command.Input
          value={text}
          onValueChange={setText}
          autoFocus={autoFocus}
          placeholder={`Find a ${word} by its name`}
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
