'use client'

import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { DialogButtons } from '@/components/ui/dialog-buttons'
import { DialogForm } from '@/components/ui/dialog-form'
import { Checkbox, SelectField, TextField } from '@/components/ui/field'
import { HandedOver } from '@/components/ui/handed-over'
import { useAction } from '@/components/ui/use-action'
import type { ScheduleDraft } from '@/lib/operations/exports/change-export-schedules'
import { RHYTHMS, type Rhythm } from '@/lib/pipeline/export/rhythm'
import type { ScheduleRow } from '@/lib/store/screens/export-schedules'
import { HowSigned } from '../how-signed'
import { saveScheduleAction } from './actions'
import { hourWords, WEEKDAYS } from './schedule-words'

const EVERY: Record<Rhythm['every'], string> = { hour: 'each hour', day: 'each day', week: 'each week' }
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${hourWords(hour)} UTC`,
}))
const DAYS = WEEKDAYS.map((label, at) => ({ value: String(at + 1), label }))
const WEBHOOK = 'a webhook'

type ScheduleDialogProps = {
  /** null = a new one. */
  schedule: ScheduleRow | null
  exports: readonly string[]
  folders: readonly string[]
  onClose: () => void
}

/** Makes or changes a schedule; the secret of a new webhook is shown once. */
export function ScheduleDialog({ schedule, exports, folders, onClose }: ScheduleDialogProps) {
  const { run, busy } = useAction()
  const title = schedule === null ? 'Schedule an export' : `Change ${schedule.name}`
  const [secret, setSecret] = useState<string | null>(null)
  const save = async (form: FormData) => {
    const known = schedule && { id: schedule.id, version: schedule.version }
    const answer = await run(() => saveScheduleAction(toDraft(form), known), 'The schedule is kept.', title)
    if (!answer.ok) return
    if (answer.value === null) onClose()
    else setSecret(answer.value)
  }
  return (
    <Dialog open onOpenChange={onClose} title={secret === null ? title : 'Copy the secret now'}>
      {secret === null ? (
        <DialogForm label="Keep schedule" busy={busy} onSubmit={save} onCancel={onClose}>
          <WhatFields schedule={schedule} exports={exports} />
          <WhenFields rhythm={schedule ?? { every: 'day', hour: 6, weekday: 1 }} />
          <WhereFields schedule={schedule} folders={folders} />
        </DialogForm>
      ) : (
        <Secret secret={secret} onDone={onClose} />
      )}
    </Dialog>
  )
}

function toDraft(form: FormData): ScheduleDraft {
  const text = (name: string) => String(form.get(name) ?? '')
  const url = text('url').trim()
  return {
    name: text('name'),
    // what is none is refused by the server
    export: text('export') as ScheduleDraft['export'],
    filters: text('filters'),
    gzip: form.get('gzip') !== null,
    every: RHYTHMS.find((every) => every === text('every')) ?? 'day',
    hour: Number(text('hour') || 0),
    weekday: Number(text('weekday') || 1),
    target:
      text('to') === WEBHOOK
        ? { kind: 'webhook', url: url === '' ? null : url }
        : { kind: 'folder', folder: text('to') },
  }
}

function WhatFields({ schedule, exports }: Pick<ScheduleDialogProps, 'schedule' | 'exports'>) {
  return (
    <>
      <TextField label="Name" name="name" required maxLength={100} defaultValue={schedule?.name} />
      <SelectField
        label="Table"
        name="export"
        options={exports.map((name) => ({ value: name, label: name }))}
        defaultValue={schedule?.export}
      />
      <TextField
        label="Filters"
        name="filters"
        maxLength={4000}
        placeholder="state=open&score=8"
        defaultValue={schedule?.filters}
        hint="The address of the table’s page as you filtered it, or what follows its question mark. Without a time of its own: the last days that the page shows."
      />
      <Checkbox name="gzip" label="Packed with gzip" defaultChecked={schedule?.gzip ?? true} />
    </>
  )
}

function WhenFields({ rhythm }: { rhythm: Rhythm }) {
  const [every, setEvery] = useState(rhythm.every)
  return (
    <div className="grid grid-cols-3 gap-3">
      <SelectField
        label="How often"
        name="every"
        options={RHYTHMS.map((value) => ({ value, label: EVERY[value] }))}
        value={every}
        onChange={({ target }) => setEvery(RHYTHMS.find((one) => one === target.value) ?? 'day')}
      />
      {every === 'week' && (
        <SelectField label="On" name="weekday" options={DAYS} defaultValue={String(rhythm.weekday)} />
      )}
      {every !== 'hour' && (
        <SelectField label="At" name="hour" options={HOURS} defaultValue={String(rhythm.hour)} />
      )}
    </div>
  )
}

function WhereFields({ schedule, folders }: Pick<ScheduleDialogProps, 'schedule' | 'folders'>) {
  const [to, setTo] = useState(schedule === null ? (folders[0] ?? WEBHOOK) : (schedule.folder ?? WEBHOOK))
  const kept = schedule?.url ?? null
  return (
    <>
      <SelectField
        label="To"
        name="to"
        options={[...folders, WEBHOOK].map((value) => ({ value, label: value }))}
        value={to}
        onChange={({ target }) => setTo(target.value)}
        hint={
          folders.length === 0 &&
          'Folders are allowed by whoever runs this installation, with CORDON_EXPORT_FOLDERS.'
        }
      />
      {to === WEBHOOK && (
        <TextField
          label="Address"
          name="url"
          type="url"
          placeholder="https://"
          maxLength={2000}
          required={kept === null}
          hint={
            kept === null
              ? undefined
              : `Empty: ${kept} as before, with its secret. A new address gets a new secret.`
          }
        />
      )}
    </>
  )
}

function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className="space-y-4">
      <p>
        It signs what is posted and is not shown again. <HowSigned />
      </p>
      <HandedOver name="secret" text={secret} copy="Copy secret" />
      <DialogButtons label="Done" onClick={onDone} />
    </div>
  )
}
