'use client'

import { useRouter } from 'next/navigation'
import { type ChangeEvent, useState } from 'react'
import { Button, LinkButton } from '@/components/ui/button'
import { Checkbox, TextField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useToast } from '@/components/ui/toast'
import type { SigmaPreview } from '@/lib/operations/sigma/load-sigma-rules'
import { PlanLists } from './plan-lists'
import { type RuleFiles, sendRules, toRuleFiles } from './rule-files'

type Target = { set: string; replace: boolean }

/** Reads files of Sigma rules, shows what loading them would do, and loads them. */
export function LoadRules({ sets }: { sets: readonly string[] }) {
  const toast = useToast()
  const [files, setFiles] = useState<RuleFiles | null>(null)
  const [target, setTarget] = useState<Target>({ set: '', replace: false })
  const [preview, setPreview] = useState<SigmaPreview | null>(null)
  const [busy, setBusy] = useState(false)
  const read = async (chosen: RuleFiles, to: Target) => {
    setBusy(true)
    setPreview(null)
    const answer = await sendRules<SigmaPreview>('preview', toQuery(to, chosen), chosen.body).finally(() =>
      setBusy(false),
    )
    if (typeof answer === 'string') toast(answer, 'bad')
    else setPreview(answer)
  }
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = await toRuleFiles([...(event.target.files ?? [])])
    if (chosen === null) return toast('There is no zip and no .yml file among them.', 'bad')
    const to = {
      set: target.set || chosen.name.replace(/\.(zip|ya?ml)$/i, '').slice(0, 120),
      replace: chosen.isZip,
    }
    setFiles(chosen)
    setTarget(to)
    await read(chosen, to)
  }
  const retarget = (change: Partial<Target>) => {
    setTarget({ ...target, ...change })
    setPreview(null)
  }
  return (
    <div className="space-y-6">
      <FileInputs busy={busy} onChoose={(event) => void choose(event)} />
      {files !== null && (
        <form
          className="flex flex-wrap items-end gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            void read(files, target)
          }}
        >
          <TextField
            label="Rule set"
            className="w-72"
            list="sigma-sets"
            maxLength={120}
            value={target.set}
            onChange={(event) => retarget({ set: event.target.value })}
          />
          <datalist id="sigma-sets">
            {sets.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <Checkbox
            className="h-7"
            label="Remove rules of this set that the files do not hold"
            checked={target.replace}
            onChange={(event) => retarget({ replace: event.target.checked })}
          />
          {preview === null && (
            <Button type="submit" busy={busy}>
              Show the difference
            </Button>
          )}
        </form>
      )}
      {busy && <p role="status">Reading …</p>}
      {preview !== null && files !== null && <Confirm preview={preview} files={files} target={target} />}
    </div>
  )
}

function toQuery({ set, replace }: Target, { name }: RuleFiles): Record<string, string> {
  return { set, replace: replace ? 'yes' : 'no', source: name.slice(0, 260) }
}

type FileInputsProps = { busy: boolean; onChoose: (event: ChangeEvent<HTMLInputElement>) => void }

function FileInputs({ busy, onChoose }: FileInputsProps) {
  return (
    <div className="flex flex-wrap gap-8">
      <label className="flex flex-col gap-1">
        <span className="font-medium">Zip or .yml files</span>
        <input type="file" multiple accept=".zip,.yml,.yaml" disabled={busy} onChange={onChoose} />
      </label>
      <label className="flex flex-col gap-1">
        <span className="font-medium">Folder</span>
        <input
          type="file"
          disabled={busy}
          onChange={onChoose}
          // React has no property for it
          ref={(input) => input?.setAttribute('webkitdirectory', '')}
        />
      </label>
    </div>
  )
}

type ConfirmProps = { preview: SigmaPreview; files: RuleFiles; target: Target }

function Confirm({ preview, files, target }: ConfirmProps) {
  const toast = useToast()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const changes = preview.added.length + preview.changed.length + preview.removed.length
  const load = async () => {
    setBusy(true)
    const query = { ...toQuery(target, files), version: preview.version }
    const answer = await sendRules<{ stored: number; removed: number }>('load', query, files.body)
    setBusy(false)
    if (typeof answer === 'string') return toast(answer, 'bad')
    toast(`Loaded ${countOf(answer.stored, 'rule')}; past days are computed again.`, 'good')
    router.push('/settings/sigma')
  }
  return (
    <div className="space-y-6">
      <PlanLists preview={preview} />
      <div className="flex gap-2">
        <Button variant="primary" busy={busy} disabled={changes === 0} onClick={() => void load()}>
          {changes === 0
            ? 'Nothing to load'
            : `Load ${countOf(preview.added.length + preview.changed.length, 'rule')}`}
        </Button>
        <LinkButton href="/settings/sigma">Cancel</LinkButton>
      </div>
    </div>
  )
}
