'use client'

import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { useMemo } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { type Display, useDisplay } from '@/components/ui/display'
import { PALETTE_INPUT, PALETTE_ITEM, PALETTE_LIST } from '@/components/ui/palette-look'
import { formatInZone } from '@/components/ui/time-format'
import { useDisplayChange } from './use-display-change'
import { zoneName } from './zone-words'

/** Browsers list some cities by names that they had when the list was begun. */
const NOW_CALLED: Readonly<Record<string, string[]>> = {
  'Africa/Asmera': ['Asmara'],
  'America/Godthab': ['Nuuk'],
  'Asia/Calcutta': ['Kolkata', 'India'],
  'Asia/Katmandu': ['Kathmandu'],
  'Asia/Rangoon': ['Yangon'],
  'Asia/Saigon': ['Ho Chi Minh'],
  'Atlantic/Faeroe': ['Faroe'],
  'Europe/Kiev': ['Kyiv'],
  'Pacific/Enderbury': ['Kanton'],
  'Pacific/Ponape': ['Pohnpei'],
  'Pacific/Truk': ['Chuuk'],
}

type Zone = { value: string; name: string; offset: string }

type ZoneDialogProps = { savePreferences: (display: Display) => Promise<void>; onClose: () => void }

/** Finds a time zone by its city, region or distance from UTC. */
export function ZoneDialog({ savePreferences, onClose }: ZoneDialogProps) {
  const { timeZone } = useDisplay()
  const { change } = useDisplayChange(savePreferences)
  const zones = useMemo(listZones, [])
  return (
    <Dialog open onOpenChange={onClose} title="Time zone" bare>
      <Command label="Time zone" loop>
        <Command.Input
          autoFocus
          placeholder="Show times in: a city, region or +02:00"
          className={PALETTE_INPUT}
        />
        <Command.List className={PALETTE_LIST}>
          <Command.Empty className="px-2 py-6 text-center text-muted">
            No time zone has that name.
          </Command.Empty>
          {zones.map(({ value, name, offset }) => (
            <Command.Item
              key={value}
              value={`${name} ${offset}`}
              keywords={NOW_CALLED[value]}
              className={PALETTE_ITEM}
              onSelect={() => {
                onClose()
                change({ timeZone: value })
              }}
            >
              <span className="flex-1 truncate">{name}</span>
              {value === timeZone && <Check aria-label="chosen" />}
              <span className="text-muted text-small">{offset}</span>
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}

/** UTC and the browser's own before all that it knows. */
function listZones(): Zone[] {
  const us = Date.now() * 1000
  const offsetOf = (timeZone: string | undefined) => formatInZone(us, timeZone).slice(-6)
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [
    { value: 'utc', name: 'UTC', offset: '+00:00' },
    { value: 'local', name: `This browser’s (${zoneName(own)})`, offset: offsetOf(undefined) },
    ...Intl.supportedValuesOf('timeZone').map((value) => ({
      value,
      name: zoneName(value),
      offset: offsetOf(value),
    })),
  ]
}
