'use client'

import { useState } from 'react'
import { answerOf } from '@/components/ui/action-answer'
import { Button } from '@/components/ui/button'
import { useDraftFields } from '@/components/ui/drafts'
import { SelectField, TextareaField, TextField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useToast } from '@/components/ui/toast'
import { useAction } from '@/components/ui/use-action'
import type { IncidentEffect } from '@/lib/pipeline/deviation/incident'
import { declareIncidentAction, previewIncidentAction } from './actions'

type Group = { id: number; name: string }

type DeclareIncidentProps = {
  /** To compare with. */
  groups: readonly Group[]
  /** Those whose hosts the person may see. */
  scopeGroups: readonly Group[]
  /** Filled in at first: a host's name, or ''. */
  host: string
  newestDay: string | null
}

const BY_NAME = 'names'

/** Says of which hosts, from when, and what judges them; what it would take back is shown before it is declared. */
export function DeclareIncident({ groups, scopeGroups, host, newestDay }: DeclareIncidentProps) {
  const {
    values: fields,
    set,
    discard,
  } = useDraftFields(
    'incident',
    {
      name: '',
      note: '',
      where: BY_NAME,
      hosts: host,
      from: newestDay ?? '',
      to: '',
      group: '',
    },
    ['from'],
  )
  const [preview, setPreview] = useState<{ of: string; effect: IncidentEffect } | null>(null)
  const [looking, setLooking] = useState(false)
  const { run, busy } = useAction()
  const toast = useToast()
  const key = JSON.stringify(fields)
  const effect = preview?.of === key ? preview.effect : null
  const look = async () => {
    setLooking(true)
    const answer = await answerOf(() => previewIncidentAction(toDraft(fields))).finally(() =>
      setLooking(false),
    )
    if (answer.ok) setPreview({ of: key, effect: answer.value })
    else toast(answer.message, 'bad')
  }
  const declare = async () => {
    const answer = await run(() => declareIncidentAction(toDraft(fields)), `${fields.name} was declared.`)
    if (answer.ok) discard()
  }
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault()
        void look()
      }}
    >
      <div className="flex flex-wrap gap-4">
        <Name fields={fields} set={set} />
        <Places fields={fields} set={set} groups={groups} scopeGroups={scopeGroups} />
      </div>
      <div className="flex flex-wrap gap-4">
        {fields.where === BY_NAME && (
          <TextareaField
            label="Hosts"
            required
            className="w-80"
            hint="One name a line."
            value={fields.hosts}
            onChange={(event) => set({ hosts: event.target.value })}
          />
        )}
        <TextareaField
          label="Note"
          maxLength={4000}
          className="w-80"
          value={fields.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </div>
      <div className="flex flex-wrap items-end gap-2">
        <Button type="submit" busy={looking}>
          Show the effect
        </Button>
        <Button variant="danger" busy={busy} disabled={effect === null} onClick={() => void declare()}>
          Declare the incident
        </Button>
        <p role="status" className="text-muted">
          {effect === null ? 'See what it takes back before declaring it.' : effectWords(effect)}
        </p>
      </div>
    </form>
  )
}

type Fields = Record<'name' | 'note' | 'where' | 'hosts' | 'from' | 'to' | 'group', string>

function Name({ fields, set }: { fields: Fields; set: (part: Partial<Fields>) => void }) {
  return (
    <>
      <TextField
        label="Name"
        required
        maxLength={100}
        className="w-56"
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label="First day"
        type="date"
        required
        className="w-40"
        value={fields.from}
        onChange={(event) => set({ from: event.target.value })}
      />
      <TextField
        label="Last day, if it is over"
        type="date"
        min={fields.from}
        className="w-44"
        value={fields.to}
        onChange={(event) => set({ to: event.target.value })}
      />
    </>
  )
}

type PlacesProps = {
  fields: Fields
  set: (part: Partial<Fields>) => void
} & Pick<DeclareIncidentProps, 'groups' | 'scopeGroups'>

function Places({ fields, set, groups, scopeGroups }: PlacesProps) {
  return (
    <>
      <SelectField
        label="Where"
        className="w-56"
        value={fields.where}
        onChange={(event) => set({ where: event.target.value })}
        options={[
          { value: BY_NAME, label: 'hosts by name' },
          ...scopeGroups.map(({ id, name }) => ({ value: String(id), label: `the group ${name}` })),
        ]}
      />
      <SelectField
        label="Judge them by the baseline of"
        className="w-56"
        value={fields.group}
        onChange={(event) => set({ group: event.target.value })}
        options={[
          { value: '', label: 'the fleet' },
          ...groups.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
    </>
  )
}

function toDraft({ name, note, where, hosts, from, to, group }: Fields) {
  return {
    name,
    note,
    scope:
      where === BY_NAME
        ? { kind: 'names' as const, names: hosts.split(/[\n,]/) }
        : { kind: 'groups' as const, ids: [Number(where)] },
    from,
    to: to === '' ? null : to,
    groupId: group === '' ? null : Number(group),
  }
}

function effectWords({ hosts, hostDays, executions, trustedExecutions }: IncidentEffect): string {
  return `${countOf(hostDays, 'day')} of ${countOf(hosts, 'host')} with ${countOf(executions, 'execution')} are judged anew; ${countOf(trustedExecutions, 'execution')} that counted as normal no longer will.`
}
