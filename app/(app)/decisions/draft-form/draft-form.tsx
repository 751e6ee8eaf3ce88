'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { AUDIT_BEGUN } from '@/components/decision/audit-words'
import { unknownHostsWords } from '@/components/decision/scope-words'
import { Button } from '@/components/ui/button'
import { useDraftFields } from '@/components/ui/drafts'
import { SelectField, TextareaField, TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import type { BlockedEntry } from '@/lib/pipeline/decision/controls'
import type { Choice, PersonChoice } from '@/lib/store/screens/decision/form'
import { type DraftStep, findHostsAction, saveDraftAction } from '../actions'
import { type DraftValues, hostNamesIn, type SeenUse, toTerms } from './draft-values'
import { ExceptionFields } from './exception-fields'
import { KnownAside } from './known-aside'
import type { KnownUse } from './known-words'
import { RingFields } from './ring-fields'
import { ScopeFields } from './scope-fields'
import { VerdictFields } from './verdict-fields'

export type DraftFormProps = {
  entry: BlockedEntry
  initial: DraftValues
  /** The draft that it rewrites; null = a new one. */
  target: { id: number; version: number } | null
  renewsId: number | null
  /** Whether the author may speak of the whole fleet. */
  mayFleet: boolean
  groups: readonly Choice[]
  owners: readonly PersonChoice[]
  /** On all hosts in sight, as is what is known: whoever asks first waits for it. */
  seen: Promise<SeenUse>
  known: Promise<KnownUse>
}

/** Writes a decision, with what is known of the binary beside it: kept as a draft, audited on its first ring, or proposed to a manager. */
export function DraftForm(props: DraftFormProps) {
  const fields = useDraftFields(draftName(props), props.initial, ['reviewOn'])
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <Fields {...props} {...fields} />
      <KnownAside
        slug={props.entry.slug}
        values={fields.values}
        groups={props.groups}
        everywhere={props.known}
      />
    </div>
  )
}

type FieldsProps = DraftFormProps & ReturnType<typeof useDraftFields<DraftValues>>

function Fields(props: FieldsProps) {
  const { entry, groups, owners, seen, mayFleet, values, set, restored, discard } = props
  const { submit, busy } = useSubmit(props, values, discard)
  const blocks = values.verdict !== null && values.verdict !== 'required'
  return (
    <form
      className="max-w-[60rem] space-y-6"
      onSubmit={(event) => {
        event.preventDefault()
        submit('propose')
      }}
    >
      {restored && (
        <p role="status" className="flex flex-wrap items-center gap-2">
          Filled in before and not kept yet.
          <Button variant="quiet" onClick={discard}>
            Start anew
          </Button>
        </p>
      )}
      <VerdictFields entry={entry} values={values} set={set} />
      <ScopeFields values={values} set={set} groups={groups} mayFleet={mayFleet} />
      {blocks && values.verdict !== 'safe-to-block' && (
        <ExceptionFields values={values} set={set} groups={groups} seen={seen} />
      )}
      {blocks && groups.length > 0 && <RingFields values={values} set={set} groups={groups} />}
      <fieldset className="space-y-3">
        <legend className="mb-1 font-semibold text-heading">Why, and until when</legend>
        <TextareaField
          label="Why"
          maxLength={4000}
          value={values.justification}
          onChange={(event) => set({ justification: event.target.value })}
          hint="A manager decides on it, and reads it again when it is reviewed."
        />
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          <TextField
            label="Review on"
            type="date"
            value={values.reviewOn}
            onChange={(event) => set({ reviewOn: event.target.value })}
            hint="It is looked at again"
          />
          <TextField
            label="Last day"
            type="date"
            value={values.expiresOn}
            onChange={(event) => set({ expiresOn: event.target.value })}
            hint="Empty: until it is reviewed"
          />
          <SelectField
            label="Answers for it"
            value={values.ownerId}
            onChange={(event) => set({ ownerId: event.target.value })}
            options={[
              { value: '', label: 'Its author' },
              ...owners.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <TextField
            label="Change ticket"
            maxLength={100}
            value={values.ticket}
            onChange={(event) => set({ ticket: event.target.value })}
          />
        </div>
      </fieldset>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          Propose
        </Button>
        {blocks && (
          <Button busy={busy} onClick={() => submit('audit')}>
            {values.rings.length > 1 ? 'Audit the first ring' : 'Audit it first'}
          </Button>
        )}
        <Button busy={busy} onClick={() => submit('keep')}>
          Keep as a draft
        </Button>
      </div>
    </form>
  )
}

/** Another version of a draft is another form. */
function draftName({ entry, target, renewsId }: DraftFormProps): string {
  if (target !== null) return `decision ${target.id}.${target.version}`
  return `proposal ${entry.slug} ${renewsId ?? ''}`
}

const DONE: Readonly<Record<DraftStep, string>> = {
  keep: 'The draft was kept.',
  audit: AUDIT_BEGUN,
  propose: 'Proposed: it waits for a manager.',
}

/** Keeps the draft first, so that nothing typed is lost where the next step is refused. */
function useSubmit({ entry, target, renewsId }: DraftFormProps, values: DraftValues, discard: () => void) {
  const toast = useToast()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const send = async (step: DraftStep) => {
    const names = hostNamesIn(values)
    const found = names.length === 0 ? null : await findHostsAction(names)
    if (found?.ok === false) return found
    const unknown = found?.value.unknown ?? []
    if (unknown.length > 0) return { ok: false as const, message: unknownHostsWords(unknown) }
    const terms = toTerms(values, found?.value.byName ?? new Map())
    return await saveDraftAction({ slug: entry.slug, terms, target, renewsId }, step)
  }
  const submit = async (step: DraftStep) => {
    setBusy(true)
    try {
      const answer = await send(step)
      if (!answer.ok) return toast(answer.message, 'bad')
      discard()
      const { id, failed } = answer.value
      toast(failed === null ? DONE[step] : `The draft was kept. ${failed}`, failed === null ? 'good' : 'bad')
      router.push(failed === null ? `/decisions/${id}` : `/decisions/${id}/edit`)
      router.refresh()
    } catch (error) {
      toast(error instanceof Error ? error.message : 'It could not be sent.', 'bad')
    } finally {
      setBusy(false)
    }
  }
  return { submit, busy }
}
