'use client'

import { RotateCcw } from 'lucide-react'
import { useOptimistic, useState } from 'react'
import { TriageBadge } from '@/components/state/state-badge'
import { areDetailsComing } from '@/components/table/use-open-row'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { mayMoveTo } from '@/lib/pipeline/deviation/triage'
import type { DeviationItem } from '@/lib/store/screens/deviations/list'
import type { TriageActor } from './deviations-table'
import { useQueueChanges } from './queue-changes'
import { TriageButtons } from './triage-buttons'
import { TriageDialog } from './triage-dialog'
import { type Assignee, type Patch, type RulingState, useTriage } from './use-triage'
import { useTriageKeys } from './use-triage-keys'

type TriageBarProps = {
  item: DeviationItem
  actor: TriageActor
  assignees: readonly Assignee[]
}

/** The state of one item, and what can be said of it; the letters of triage are about it. */
export function TriageBar({ item: stored, actor, assignees }: TriageBarProps) {
  const [item, patch] = useOptimistic(stored, (shown, { change }: Patch) => ({ ...shown, ...change }))
  const triage = useTriage(patch)
  const changedBy = useQueueChanges().changedBy.get(stored.id)
  const [asking, setAsking] = useState<{ to: RulingState; targets: [DeviationItem] } | null>(null)
  const may = (to: Parameters<typeof mayMoveTo>[1]) =>
    mayMoveTo(item.state, to) && (item.again || item.state !== to)
  const ask = (to: RulingState) => () => {
    if (may(to)) setAsking({ to, targets: [item] })
  }
  const move = (to: 'open' | 'flagged') => () => {
    if (may(to)) void triage.judge([item], { to })
  }
  const assignTo = (id: string) =>
    void triage.assign([item], assignees.find((assignee) => assignee.id === id) ?? null)
  useTriageKeys(
    actor.mayTriage && asking === null
      ? {
          isMine: () => !areDetailsComing(),
          onExpected: ask('expected'),
          onMalicious: ask('malicious'),
          onTest: ask('authorised-test'),
          onFlag: move('flagged'),
          onAssign: () => void triage.assign([item], { id: actor.accountId, name: actor.name }),
          onUndo: () => void triage.undo(),
        }
      : null,
  )
  return (
    <div className="mb-4 flex flex-wrap items-center gap-1.5">
      <TriageBadge state={item.state} />
      {item.again && (
        <Badge tone="warn" title="Explained before; seen again where, when or how nobody ruled">
          again
        </Badge>
      )}
      {changedBy !== undefined && (
        <Badge tone="accent" title="Press r to see it as it is now">
          changed by {changedBy}
        </Badge>
      )}
      {actor.mayTriage ? (
        <>
          <TriageButtons busy={triage.busy} may={may} onRuling={(to) => ask(to)()} onFlag={move('flagged')} />
          {may('open') && (
            <Button busy={triage.busy} onClick={move('open')} title="Takes back what it taught">
              <RotateCcw aria-hidden />
              Reopen
            </Button>
          )}
          <SelectField
            label="Assignee"
            labelHidden
            // with all that can be said of an item, still one line in a panel: what is below does not move
            className="w-32"
            value={item.assigneeId ?? ''}
            onChange={(event) => assignTo(event.target.value)}
            options={[{ value: '', label: 'Unassigned' }, ...assigneeOptions(item, assignees)]}
          />
        </>
      ) : (
        <span className="text-muted">{item.assignee ?? 'Unassigned'}</span>
      )}
      {asking !== null && (
        <TriageDialog
          {...asking}
          seesFleet={actor.seesFleet}
          onConfirm={(judgement, refused) => triage.judge(asking.targets, judgement, refused)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  )
}

/** Somebody who can no longer triage still shows as who it was given to. */
function assigneeOptions(item: DeviationItem, assignees: TriageBarProps['assignees']) {
  const options = assignees.map(({ id, name }) => ({ value: id, label: name }))
  const known = item.assigneeId === null || assignees.some(({ id }) => id === item.assigneeId)
  return known
    ? options
    : [...options, { value: item.assigneeId ?? '', label: item.assignee ?? 'a former account' }]
}
