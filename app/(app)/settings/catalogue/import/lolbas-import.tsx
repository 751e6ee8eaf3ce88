'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button, LinkButton } from '@/components/ui/button'
import { Details } from '@/components/ui/details'
import { Checkbox } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useToast } from '@/components/ui/toast'
import { useAction } from '@/components/ui/use-action'
import type { LolbasPreview } from '@/lib/operations/preview-lolbas'
import { addEntriesAction } from '../actions'

const SHOWN_WARNINGS = 50

/** Reads a LOLBAS file, shows what is new, and adds what is chosen. */
export function LolbasImport() {
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [preview, setPreview] = useState<LolbasPreview | null>(null)
  const read = async (file: File) => {
    setBusy(true)
    setPreview(null)
    const answer = await fetchPreview(file).finally(() => setBusy(false))
    if (typeof answer === 'string') toast(answer, 'bad')
    else setPreview(answer)
  }
  return (
    <div className="space-y-6">
      <label className="flex flex-col gap-1">
        <span className="font-medium">File</span>
        <input
          type="file"
          accept=".json,.yml,.yaml,.zip"
          disabled={busy}
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) read(file)
          }}
        />
      </label>
      {busy && <p role="status">Reading …</p>}
      {preview && <Preview preview={preview} />}
    </div>
  )
}

/** What adding the file would bring, or why it was not read. */
async function fetchPreview(file: File): Promise<LolbasPreview | string> {
  const failed = 'The file did not arrive. Nothing was changed; try again.'
  try {
    const url = `/api/catalogue/preview?name=${encodeURIComponent(file.name.slice(0, 260))}`
    const response = await fetch(url, { method: 'POST', body: file })
    const answer = await response.json()
    return response.ok ? answer : (answer?.error?.message ?? failed)
  } catch {
    return failed
  }
}

function Preview({ preview }: { preview: LolbasPreview }) {
  const { added, changed, unchanged, warnings } = preview
  return (
    <div className="space-y-6">
      <p>
        {countOf(added.length, 'new entry', 'new entries')}, {changed.length} that differ from the catalogue,{' '}
        {unchanged} that are the same, {countOf(warnings.length, 'warning')}.
      </p>
      {warnings.length > 0 && (
        <div>
          <h3 className="mb-1 font-medium">Not read</h3>
          <ul className="max-h-60 overflow-auto rounded border px-3 py-2">
            {warnings.slice(0, SHOWN_WARNINGS).map(({ where, reason }) => (
              <li key={`${where} ${reason}`} className="wrap-anywhere">
                <span className="font-medium">{where}</span>: {reason}
              </li>
            ))}
            {warnings.length > SHOWN_WARNINGS && <li>and {warnings.length - SHOWN_WARNINGS} more</li>}
          </ul>
        </div>
      )}
      {changed.length > 0 && (
        <Details>
          <summary className="cursor-pointer">
            {countOf(changed.length, 'entry', 'entries')} differ: the catalogue’s own are kept
          </summary>
          <ul className="mt-1 text-muted">
            {changed.map(({ name, fields }) => (
              <li key={name}>
                {name}: {fields.join(', ')}
              </li>
            ))}
          </ul>
        </Details>
      )}
      {added.length > 0 && <NewEntries added={added} />}
    </div>
  )
}

function NewEntries({ added }: { added: LolbasPreview['added'] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(added.map(({ slug }) => slug)))
  const { run, busy } = useAction()
  const router = useRouter()
  const toggle = (slug: string) => {
    const next = new Set(chosen)
    if (!next.delete(slug)) next.add(slug)
    setChosen(next)
  }
  const add = async () => {
    const drafts = added
      .filter(({ slug }) => chosen.has(slug))
      .map(({ slug: _slug, namedInMission: _named, ...draft }) => ({
        ...draft,
        originalFileNames: [...draft.originalFileNames],
        paths: [...draft.paths],
        functions: [...draft.functions],
        attack: [...draft.attack],
        countermeasures: [...draft.countermeasures],
      }))
    const answer = await run(
      () => addEntriesAction({ origin: 'lolbas', drafts }),
      `Added ${countOf(drafts.length, 'entry', 'entries')}, turned off.`,
    )
    if (answer.ok) router.push('/settings/catalogue?origin=lolbas')
  }
  return (
    <div>
      <h3 className="mb-1 font-medium">New</h3>
      <ul className="max-h-96 overflow-auto rounded border">
        {added.map(({ slug, name, description, attack }) => (
          <li key={slug} className="flex min-h-8 items-center gap-4 border-b px-2 last:border-b-0">
            <Checkbox
              className="w-56 shrink-0"
              label={name}
              checked={chosen.has(slug)}
              onChange={() => toggle(slug)}
            />
            <span className="w-32 shrink-0 text-muted">{attack.join(', ')}</span>
            <span className="truncate text-muted" title={description}>
              {description}
            </span>
          </li>
        ))}
      </ul>
      <div className="mt-2 flex gap-2">
        <Button variant="primary" busy={busy} disabled={chosen.size === 0} onClick={add}>
          {`Add ${countOf(chosen.size, 'entry', 'entries')}`}
        </Button>
        <LinkButton href="/settings/catalogue">Cancel</LinkButton>
      </div>
    </div>
  )
}
