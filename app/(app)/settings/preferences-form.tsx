'use client'

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useDisplayChange } from '@/components/shell/use-display-change'
import { ZoneDialog } from '@/components/shell/zone-dialog'
import { zoneName } from '@/components/shell/zone-words'
import { Button } from '@/components/ui/button'
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

/** How the account likes to read; each choice is kept at once. */
export function PreferencesForm() {
  const display = useDisplay()
  const { change, pending } = useDisplayChange(savePreferencesAction)
  const [choosing, setChoosing] = useState(false)
  const choose = (name: keyof Display) => (event: { target: { value: string } }) =>
    change({ [name]: event.target.value })
  return (
    <div className="grid max-w-2xl gap-4 sm:grid-cols-3" aria-busy={pending}>
      <SelectField label="Theme" options={THEMES} value={display.theme} onChange={choose('theme')} />
      <SelectField label="Rows" options={DENSITIES} value={display.density} onChange={choose('density')} />
      <div className="flex flex-col items-start gap-1">
        <span className="font-medium">Time zone</span>
        <Button onClick={() => setChoosing(true)}>
          <span className="sr-only">Time zone: </span>
          {zoneName(display.timeZone)}
          <ChevronDown aria-hidden />
        </Button>
      </div>
      {choosing && <ZoneDialog savePreferences={savePreferencesAction} onClose={() => setChoosing(false)} />}
    </div>
  )
}
