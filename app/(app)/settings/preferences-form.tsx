'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { type Display, useDisplay } from '@/components/ui/display'
import { SelectField } from '@/components/ui/field'
import { savePreferencesAction } from '../actions'

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]
const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
]
const ZONES = [
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'This browser’s' },
]

/** How the account likes to read; each choice is kept at once. */
export function PreferencesForm() {
  const display = useDisplay()
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const choose = (name: keyof Display) => (event: { target: { value: string } }) => {
    const chosen = { ...display, [name]: event.target.value }
    startTransition(async () => {
      await savePreferencesAction(chosen)
      router.refresh()
    })
  }
  return (
    <div className="grid max-w-2xl gap-4 sm:grid-cols-3" aria-busy={pending}>
      <SelectField label="Theme" options={THEMES} value={display.theme} onChange={choose('theme')} />
      <SelectField label="Rows" options={DENSITIES} value={display.density} onChange={choose('density')} />
      <SelectField label="Time zone" options={ZONES} value={display.timeZone} onChange={choose('timeZone')} />
    </div>
  )
}
