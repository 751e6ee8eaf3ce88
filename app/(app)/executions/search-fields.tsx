'use client'

import { type FormEvent, useId } from 'react'
import { useTableUrl } from '@/components/table/use-table-url'
import { Button } from '@/components/ui/button'

/** A day, with or without a time: what the search reads; the browser says so before anything else is searched. */
const MOMENT = {
  pattern: '\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2})?Z?)?',
  title: 'A day such as 2026-01-31, or with a time: 2026-01-31T08:30',
}

const FIELDS = [
  { name: 'binary', label: 'Binary', placeholder: 'mshta.exe' },
  { name: 'host', label: 'Host', placeholder: 'part of it' },
  { name: 'user', label: 'User', placeholder: 'name, SID' },
  { name: 'parent', label: 'Parent', placeholder: 'part of it' },
  { name: 'image', label: 'Image', placeholder: 'part of it' },
  { name: 'hash', label: 'Hash', placeholder: 'any kind' },
  { name: 'pattern', label: 'Pattern', placeholder: 'part of it' },
  { name: 'score', label: 'Score from', placeholder: 'bits', type: 'number' },
  { name: 'from', label: 'From (UTC)', placeholder: '2026-01-31', ...MOMENT },
  { name: 'to', label: 'To (UTC)', placeholder: '2026-01-31', ...MOMENT },
] as const

/** One value at a time; a field that is already set takes another value beside it. */
const SINGLE: readonly string[] = ['score', 'from', 'to']

/** A field for each thing that can be asked for; each value becomes a chip. */
export function SearchFields() {
  const url = useTableUrl()
  const id = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const changes: Record<string, string[]> = {}
    for (const { name } of FIELDS) {
      const value = String(data.get(name) ?? '').trim()
      if (value !== '') changes[name] = [...(SINGLE.includes(name) ? [] : url.params.getAll(name)), value]
    }
    if (Object.keys(changes).length > 0) url.go(changes)
    form.reset()
  }
  return (
    <form onSubmit={submit} className="mb-2 flex flex-wrap items-end gap-2">
      {FIELDS.map(({ name, label, placeholder, ...rest }) => (
        <div key={name} className="flex min-w-20 max-w-48 flex-1 flex-col">
          <label htmlFor={`${id}-${name}`} className="text-muted text-small">
            {label}
          </label>
          <input
            id={`${id}-${name}`}
            name={name}
            placeholder={placeholder}
            autoComplete="off"
            maxLength={500}
            {...('type' in rest && { type: rest.type, min: 0, step: 'any' })}
            {...('pattern' in rest && { pattern: rest.pattern, title: rest.title })}
            className="control w-full"
          />
        </div>
      ))}
      <Button type="submit">Add filters</Button>
    </form>
  )
}
