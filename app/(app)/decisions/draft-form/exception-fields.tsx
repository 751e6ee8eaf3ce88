'use client'

import { X } from 'lucide-react'
import { Suspense, use, useId } from 'react'
import { EXCEPTION_KINDS } from '@/components/decision/block-words'
import { Button, IconButton } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import type { BlockException } from '@/lib/pipeline/decision/block'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import type { Choice } from '@/lib/store/screens/decision/form'
import type { DraftValues, ExceptionValue, SeenUse } from './draft-values'

type ExceptionFieldsProps = {
  values: DraftValues
  set: (change: Partial<DraftValues>) => void
  groups: readonly Choice[]
  /** Suggested as soon as it is known. */
  seen: Promise<SeenUse>
}

const KINDS = Object.entries(EXCEPTION_KINDS).map(([value, label]) => ({ value, label }))

/** What a block spares: each with a reason, and an end where there is one. */
export function ExceptionFields({ values, set, groups, seen }: ExceptionFieldsProps) {
  const { exceptions, control } = values
  const change = (key: number, part: Partial<ExceptionValue>) =>
    set({ exceptions: exceptions.map((one) => (one.key === key ? { ...one, ...part } : one)) })
  const add = () =>
    set({
      exceptions: [
        ...exceptions,
        {
          key: Math.max(0, ...exceptions.map(({ key }) => key)) + 1,
          kind: 'parent',
          text: '',
          reason: '',
          until: '',
        },
      ],
    })
  const unable =
    control === null ? [] : exceptions.filter(({ kind }) => CONTROL_FACTS[control].exceptions[kind] === 'no')
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1 font-semibold text-heading">Exceptions</legend>
      {exceptions.map((one) => (
        <ExceptionRow
          key={one.key}
          value={one}
          groups={groups}
          seen={seen}
          onChange={(part) => change(one.key, part)}
          onRemove={() => set({ exceptions: exceptions.filter(({ key }) => key !== one.key) })}
        />
      ))}
      {control !== null && unable.length > 0 && (
        <p className="text-warn">
          {CONTROL_FACTS[control].name} cannot spare by{' '}
          {[...new Set(unable.map(({ kind }) => EXCEPTION_KINDS[kind].toLowerCase()))].join(', ')}: it blocks
          that use as well. Choose another control, or leave those hosts out.
        </p>
      )}
      <Button onClick={add}>Add an exception</Button>
    </fieldset>
  )
}

type ExceptionRowProps = {
  value: ExceptionValue
  groups: readonly Choice[]
  seen: Promise<SeenUse>
  onChange: (part: Partial<ExceptionValue>) => void
  onRemove: () => void
}

function ExceptionRow({ value, groups, seen, onChange, onRemove }: ExceptionRowProps) {
  return (
    <div className="grid items-end gap-2 sm:grid-cols-[8rem_minmax(0,3fr)_minmax(0,2fr)_8.5rem_auto]">
      <SelectField
        label="Spares"
        value={value.kind}
        onChange={(event) => onChange({ kind: event.target.value as BlockException['kind'], text: '' })}
        options={KINDS}
      />
      <What value={value} groups={groups} seen={seen} onChange={onChange} />
      <TextField
        label="Why"
        value={value.reason}
        onChange={(event) => onChange({ reason: event.target.value })}
      />
      <TextField
        label="Last day"
        type="date"
        value={value.until}
        onChange={(event) => onChange({ until: event.target.value })}
      />
      <IconButton label="Remove this exception" icon={<X aria-hidden />} onClick={onRemove} />
    </div>
  )
}

function What({ value: { kind, text }, groups, seen, onChange }: Omit<ExceptionRowProps, 'onRemove'>) {
  const listId = useId()
  if (kind === 'group')
    return (
      <SelectField
        label="What"
        value={text}
        onChange={(event) => onChange({ text: event.target.value })}
        options={[
          { value: '', label: 'Choose a group' },
          ...groups.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
    )
  return (
    <>
      <TextField
        label="What"
        value={text}
        list={listId}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <datalist id={listId}>
        <Suspense>
          <Suggested seen={seen} kind={kind} />
        </Suspense>
      </datalist>
    </>
  )
}

type SuggestedProps = Pick<ExceptionFieldsProps, 'seen'> & { kind: Exclude<ExceptionValue['kind'], 'group'> }

function Suggested({ seen, kind }: SuggestedProps) {
  const { parents, patterns, users } = use(seen)
  return { parent: parents, pattern: patterns, user: users, host: [] }[kind].map(({ name, executions }) => (
    <option key={name} value={name}>
      {countOf(executions, 'execution')}
    </option>
  ))
}
