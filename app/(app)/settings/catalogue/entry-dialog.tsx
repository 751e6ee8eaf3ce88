'use client'

import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { SelectField, TextareaField, TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { ENTRY_KINDS, TIERS } from '@/lib/pipeline/catalogue/entry'
import type { CatalogueRow } from '@/lib/store/screens/catalogue'
import { addEntriesAction, changeEntryAction } from './actions'
import { toDraft } from './to-draft'

type EntryDialogProps = {
  /** null = a new one. */
  entry: CatalogueRow | null
  onClose: () => void
}

const TIER_WORDS = {
  baseline: 'Baseline: always counted',
  optional: 'Optional: counted when turned on',
  context: 'Context: only as parent or child',
} as const

/** Adds an entry, or edits one; lists are one item a line. */
export function EntryDialog({ entry, onClose }: EntryDialogProps) {
  const { run, busy } = useAction()
  const submit = async (form: FormData) => {
    const draft = toDraft(form, entry?.name ?? null)
    const answer = await run(
      () =>
        entry === null
          ? addEntriesAction({ origin: 'admin', drafts: [draft] })
          : changeEntryAction(
              { slug: entry.slug, updatedAtMs: entry.updatedAtMs },
              { kind: 'edit', values: draft },
            ),
      entry === null ? `${draft.name} was added.` : `${entry.name} was changed.`,
      `Change ${draft.name}`,
    )
    if (answer.ok) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="wide"
      title={entry === null ? 'Add an entry' : `Edit ${entry.name}`}
      description="It is recognised by its file name or by the original name in the file. Past executions appear within moments."
    >
      <DialogForm label={entry === null ? 'Add' : 'Save'} busy={busy} onSubmit={submit} onCancel={onClose}>
        <Fields entry={entry} />
      </DialogForm>
    </Dialog>
  )
}

function Fields({ entry }: { entry: CatalogueRow | null }) {
  const lines = (values: readonly string[] | undefined) => values?.join('\n') ?? ''
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {entry === null && (
        <TextField label="File name" name="name" required maxLength={120} placeholder="Tool.exe" />
      )}
      <SelectField
        label="Kind"
        name="kind"
        defaultValue={entry?.kind ?? 'binary'}
        options={ENTRY_KINDS.map((kind) => ({ value: kind, label: kind }))}
      />
      <SelectField
        label="Tier"
        name="tier"
        defaultValue={entry?.tier ?? 'baseline'}
        options={TIERS.map((tier) => ({ value: tier, label: TIER_WORDS[tier] }))}
      />
      <SelectField
        label="Platform"
        name="platform"
        defaultValue={entry?.platform ?? 'windows'}
        options={[
          { value: 'windows', label: 'Windows' },
          { value: 'macos', label: 'macOS' },
        ]}
      />
      <TextareaField
        label="Original file names"
        name="originalFileNames"
        hint="One a line: what the version resource says, so that a renamed copy is recognised."
        defaultValue={lines(entry?.originalFileNames)}
      />
      <TextareaField
        label="Expected paths"
        name="paths"
        hint="One a line, with the file name."
        defaultValue={lines(entry?.paths)}
      />
      <TextareaField label="Description" name="description" defaultValue={entry?.description ?? ''} />
      <TextareaField label="Needed for" name="legitimateUse" defaultValue={entry?.legitimateUse ?? ''} />
      <TextareaField
        label="ATT&CK techniques"
        name="attack"
        hint="One a line: T1218.011"
        defaultValue={lines(entry?.attack)}
      />
      <TextareaField
        label="Countermeasures"
        name="countermeasures"
        hint="One a line"
        defaultValue={lines(entry?.countermeasures)}
      />
      <TextareaField
        label="Can be used to"
        name="functions"
        hint="One a line: Execute, Download"
        defaultValue={lines(entry?.functions)}
      />
    </div>
  )
}
