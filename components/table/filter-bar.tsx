'use client'

import { ChevronDown, Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/chip'
import { Menu, MenuCheck } from '@/components/ui/menu'
import { formatNumber } from '@/components/ui/numbers'
import { utcWords } from '@/components/ui/time-format'
import { visible } from '@/lib/pipeline/visible-text'
import { type TableUrl, useTableUrl } from './use-table-url'

export type Filter = {
  /** Its name in the URL. */
  name: string
  label: string
  /** `count`: rows with this value, where known. */
  options: readonly { value: string; label: string; count?: number }[]
  /** Only one value at a time. */
  single?: boolean
}

type FilterBarProps = {
  filters: readonly Filter[]
  /** What the search field searches: 'Search command lines'; without it there is no field. */
  searchLabel?: string
  /** Names in the URL without a menu here (set by links from other pages), and how their chips read. */
  linked?: readonly Linked[]
}

export type Linked = {
  name: string
  label: string
  /** What its values are to a reader; those without a name show as they are. */
  names?: Readonly<Record<string, string>>
  /** What all its values are together: one chip takes their place. */
  together?: string | null
  /** Its values are days or times, UTC where they name no zone. */
  utc?: boolean
}

/** Above a table: search, filters, and a chip for each one that is set. All live in the URL. */
export function FilterBar({ filters, searchLabel, linked = [] }: FilterBarProps) {
  const url = useTableUrl()
  const chips = [
    ...filters.flatMap((filter) => chosen(url, filter.name).map((value) => toChip(filter, value))),
    ...linked.flatMap((one) => toLinkedChips(one, chosen(url, one.name))),
  ]
  const names = [...filters, ...linked].map(({ name }) => name)
  const removeAll = () => url.go(Object.fromEntries(['q', ...names].map((name) => [name, null])))
  return (
    <div className="mb-2 space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        {searchLabel !== undefined && <SearchField label={searchLabel} url={url} />}
        {filters.map((filter) => (
          <FilterMenu key={filter.name} filter={filter} url={url} />
        ))}
      </div>
      {chips.length > 0 && (
        <div className="flex flex-wrap items-center gap-1.5">
          {chips.map(({ name, label, value, text }) => (
            <Chip
              key={`${name}=${value ?? ''}`}
              label={label}
              value={<ChipText text={text} />}
              onRemove={() =>
                url.go({
                  [name]: value === null ? null : chosen(url, name).filter((other) => other !== value),
                })
              }
            />
          ))}
          <Button variant="quiet" className="h-6!" onClick={removeAll}>
            Clear filters
          </Button>
        </div>
      )}
    </div>
  )
}

function chosen(url: TableUrl, name: string): string[] {
  return url.params.getAll(name)
}

/** `value` null: the chip stands for all values of its name. */
type ChipContent = { name: string; label: string; value: string | null; text: string }

function toLinkedChips(
  { name, label, names, together, utc }: Linked,
  values: readonly string[],
): ChipContent[] {
  if (together && values.length > 0) return [{ name, label, value: null, text: together }]
  return values.map((value) => ({
    name,
    label,
    value,
    text: names?.[value] ?? (utc ? utcWords(value) : value),
  }))
}

function toChip(filter: Filter, value: string): ChipContent {
  const text = filter.options.find((option) => option.value === value)?.label ?? value
  return { name: filter.name, label: filter.label, value, text }
}

function SearchField({ label, url }: { label: string; url: TableUrl }) {
  const input = useRef<HTMLInputElement>(null)
  const current = url.params.get('q') ?? ''
  const submit = () => {
    const text = input.current?.value.trim() ?? ''
    if (text !== current) url.go({ q: text === '' ? null : text })
  }
  // another search (the back button, cleared filters) shows here as well, but not over what is being typed
  useEffect(() => {
    if (input.current !== null && input.current !== document.activeElement) input.current.value = current
  }, [current])
  return (
    <search className="relative min-w-40 max-w-80 flex-1">
      <Search aria-hidden className="absolute top-1.5 left-2 size-4 text-muted" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        defaultValue={current}
        // who has searched goes on in the list: j and k are its keys again, and Tab goes on from here
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
        onBlur={submit}
        className="control w-full pl-7!"
      />
    </search>
  )
}

/** It comes from an address or a log: hidden characters are visible, and what is cut off shows on hover. */
function ChipText({ text }: { text: string }) {
  return (
    <span title={visible(text)}>
      <InertText text={text} />
    </span>
  )
}

function FilterMenu({ filter, url }: { filter: Filter; url: TableUrl }) {
  const values = chosen(url, filter.name)
  const toggle = (value: string, on: boolean) => {
    const others = filter.single ? [] : values.filter((other) => other !== value)
    url.go({ [filter.name]: on ? [...others, value] : others })
  }
  return (
    <Menu
      trigger={
        <Button>
          {filter.label}
          {values.length > 0 && (
            <span className="rounded-sm bg-selected px-1 text-accent">{values.length}</span>
          )}
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      {filter.options.map((option) => (
        <MenuCheck
          key={option.value}
          checked={values.includes(option.value)}
          onChange={(on) => toggle(option.value, on)}
        >
          <span className="flex-1">{option.label}</span>
          {option.count !== undefined && (
            <span className="pl-4 text-muted">{formatNumber(option.count)}</span>
          )}
        </MenuCheck>
      ))}
    </Menu>
  )
}
