'use client'

import { type FormEvent, useId } from 'react'
import { useTableUrl } from '@/components/table/use-table-url'
import { Button } from '@/components/ui/button'

const FIELDS = [
  { name: 'from', label: 'From (UTC)' },
  { name: 'to', label: 'To (UTC)' },
] as const

/** The first and the last day of what is listed; each becomes a chip. */
export function DayFields() {
  const url = useTableUrl()
  const id = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    url.go(Object.fromEntries(FIELDS.map(({ name }) => [name, String(data.get(name) ?? '') || null])))
  }
  return (
    <form onSubmit={submit} className="mb-2 flex flex-wrap items-end gap-2">
      {FIELDS.map(({ name, label }) => {
        const value = url.params.get(name) ?? ''
        return (
          <div key={name} className="flex flex-col">
            <label htmlFor={`${id}-${name}`} className="text-muted text-small">
              {label}
            </label>
            {/* a chip that is taken off, and the back button, show here as well */}
            <input
              key={value}
              id={`${id}-${name}`}
              name={name}
              type="date"
              defaultValue={value.slice(0, 10)}
              className="control"
            />
          </div>
        )
      })}
      <Button type="submit">Show these days</Button>
    </form>
  )
}
