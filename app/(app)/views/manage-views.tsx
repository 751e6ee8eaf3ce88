'use client'

import { Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { ViewPage } from '@/lib/pipeline/saved-view'
import type { SavedView } from '@/lib/store/screens/saved-views'
import { changeViewAction, deleteViewAction, setDefaultViewAction } from './actions'
import { lossWords } from './loss-words'

type ManageViewsProps = {
  page: ViewPage
  views: readonly SavedView[]
  /** The filters that are set. */
  query: string
  mayShare: boolean
  onClose: () => void
}

/** Renames, shares, replaces and deletes one's own views; any view that may be opened can be what the page's link opens. */
export function ManageViews({ onClose, views, ...rest }: ManageViewsProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      width="wide"
      title="Views"
      description="The star marks what the link to this page opens for you."
    >
      <ul className="divide-y">
        {views.map((view) => (
          <li key={view.id} className="py-2">
            <ViewRow view={view} {...rest} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function ViewRow({
  view,
  page,
  query,
  mayShare,
}: { view: SavedView } & Omit<ManageViewsProps, 'views' | 'onClose'>) {
  const { run, busy } = useAction()
  const star = () =>
    run(
      () => setDefaultViewAction(page, view.isDefault ? null : view.id),
      view.isDefault ? 'The link opens the page as delivered.' : `The link opens “${view.name}”.`,
    )
  return (
    <div className="flex flex-wrap items-center gap-2">
      <IconButton
        label={view.isDefault ? `${view.name} is what the link opens` : `Let the link open ${view.name}`}
        aria-pressed={view.isDefault}
        icon={<Star aria-hidden className={view.isDefault ? 'fill-accent text-accent' : undefined} />}
        busy={busy}
        onClick={star}
      />
      {view.mine ? (
        <OwnView view={view} query={query} mayShare={mayShare} />
      ) : (
        <span className="min-w-0 flex-1 truncate">
          <bdi>{view.name}</bdi> <span className="text-muted">of {view.owner}</span>
        </span>
      )}
    </div>
  )
}

function OwnView({ view, query, mayShare }: { view: SavedView; query: string; mayShare: boolean }) {
  const { run, busy } = useAction()
  const [name, setName] = useState(view.name)
  const [asking, setAsking] = useState<'delete' | 'unshare' | null>(null)
  const change = (what: Parameters<typeof changeViewAction>[1], done: string) =>
    run(() => changeViewAction(view, what), done)
  return (
    <>
      <form
        className="flex min-w-40 flex-1 gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          void change({ name }, `Renamed to “${name.trim()}”.`)
        }}
      >
        <TextField
          label={`Name of ${view.name}`}
          labelHidden
          className="flex-1"
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" busy={busy} disabled={name.trim() === '' || name.trim() === view.name}>
          Rename
        </Button>
      </form>
      {(mayShare || view.shared) && (
        <Checkbox
          label="Shared"
          checked={view.shared}
          disabled={busy}
          onChange={(event) =>
            event.target.checked
              ? void change({ shared: true }, 'Everybody can open it.')
              : setAsking('unshare')
          }
        />
      )}
      <Button
        busy={busy}
        disabled={view.query === query}
        title="Takes the filters that are set now"
        onClick={() => void change({ query }, `“${view.name}” has the present filters.`)}
      >
        Replace filters
      </Button>
      <IconButton
        label={`Delete ${view.name}`}
        icon={<Trash2 aria-hidden />}
        busy={busy}
        onClick={() => setAsking('delete')}
      />
      <LossDialog view={view} what={asking} onClose={() => setAsking(null)} />
    </>
  )
}

type LossDialogProps = {
  view: SavedView
  /** null = nothing is asked. */
  what: 'delete' | 'unshare' | null
  onClose: () => void
}

/** Says who loses a view before it is gone. */
function LossDialog({ view, what, onClose }: LossDialogProps) {
  const { run } = useAction()
  if (what === null) return null
  const deletes = what === 'delete'
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={deletes ? `Delete “${view.name}”?` : `Share “${view.name}” no longer?`}
      effect={lossWords(view, what)}
      confirm={deletes ? 'Delete view' : 'Share no longer'}
      onConfirm={async () => {
        await (deletes
          ? run(() => deleteViewAction(view.id), `“${view.name}” is deleted.`)
          : run(() => changeViewAction(view, { shared: false }), 'Only you can open it.'))
      }}
    />
  )
}
