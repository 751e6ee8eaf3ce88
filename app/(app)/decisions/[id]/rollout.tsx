import { CircleCheck, CircleX } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/time'
import type { Gate } from '@/lib/pipeline/decision/gate'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import type { RingState } from '@/lib/pipeline/decision/rings'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'
import type { RingRow } from '@/lib/store/screens/decisions'
import type { Reader } from '../moves-of'
import { AttemptKinds } from './attempt-kinds'
import { RingActions } from './ring-actions'
import { offeredRingMoves } from './ring-moves'

const RING: Readonly<Record<RingState, { label: string; tone: Tone }>> = {
  waiting: { label: 'Waiting', tone: 'neutral' },
  audit: { label: 'In audit', tone: 'info' },
  enforced: { label: 'Enforced', tone: 'good' },
  'rolled-back': { label: 'Taken back', tone: 'warn' },
}

/** A decision's way onto hosts, ring by ring: where it stands, whether the next step is ready, and what the hosts say. */
export function Rollout({ decision, actor }: { decision: DecisionDetail; actor: Reader }) {
  return (
    <Section
      title="Rollout"
      description="Audit a ring, explain or spare what would have been blocked, then enforce it. Cordon enforces nothing: say here what was done on the hosts; their controls’ own events confirm it."
    >
      <ol className="space-y-3">
        {decision.rings.map((ring, index) => (
          <Ring key={ring.id} decision={decision} ring={ring} gate={decision.gates[index]} actor={actor} />
        ))}
      </ol>
    </Section>
  )
}

type RingProps = { decision: DecisionDetail; ring: RingRow; gate: Gate | undefined; actor: Reader }

function Ring({ decision, ring, gate, actor }: RingProps) {
  const look = RING[ring.state]
  const moves = actorMay(actor, 'propose') && decision.visible ? offeredRingMoves(decision, ring.state) : []
  const place = placeOf(decision, ring)
  const open = ['audit', 'proposed', 'approved', 'enforced'].includes(decision.state)
  return (
    <li className="rounded border p-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium">
          {decision.rings.length > 1 && `${ring.position + 1}. `}
          {ring.name}
        </h3>
        <Badge tone={look.tone}>{look.label}</Badge>
        {ring.since !== null && (
          <span className="text-muted">
            changed <RelativeTime at={ring.since} />
          </span>
        )}
        <div className="flex-1" />
        {moves.length > 0 && (
          <RingActions
            id={decision.id}
            version={decision.version}
            ringId={ring.id}
            ring={[ring.name, place].filter(Boolean).join(' – ')}
            moves={moves}
            held={
              gate === undefined || gate.ready
                ? []
                : gate.checks.filter(({ ok }) => !ok).map(({ words }) => words)
            }
            mayOverride={actorMay(actor, 'decide')}
          />
        )}
      </div>
      {place !== '' && <p className="text-muted">{place}</p>}
      {ring.watch !== null && <Seen ring={ring} />}
      {open && ring.state !== 'enforced' && gate !== undefined && <GateList gate={gate} />}
      {ring.watch !== null && ring.watch.kinds.length > 0 && (
        <AttemptKinds decision={decision} watch={ring.watch} mayExplain={moves.length > 0} />
      )}
    </li>
  )
}

/** Which hosts a ring is, unless its name says so, and how many while it is watched. */
function placeOf({ rings, where }: DecisionDetail, { name, groups, watch }: RingRow): string {
  const words =
    groups.length > 0
      ? groups.map((group) => group.name).join(', ')
      : rings.length > 1
        ? 'Everything in scope that no other ring takes'
        : where.replace(/^the /, 'The ')
  return [...(words === name ? [] : [words]), ...(watch === null ? [] : [countOf(watch.hosts, 'host')])].join(
    ': ',
  )
}

/** What a control's reports name. */
const CONFIRMED = { policy: 'the exported policy', rule: 'a rule that blocks', any: 'a policy' } as const

function Seen({ ring: { state, watch, watchedAt } }: { ring: RingRow }) {
  if (watch === null) return null
  return (
    <p>
      Since then: {countOf(watch.executions, 'execution')} that it concerns on{' '}
      {countOf(watch.executionHosts, 'host')}; {formatNumber(watch.wouldBlock)} would-block and{' '}
      {formatNumber(watch.blocked)} blocked events
      {state === 'enforced' &&
        watch.confirmed !== null &&
        `; ${CONFIRMED[watch.confirmedBy ?? 'any']} confirmed on ${countOf(watch.confirmed, 'host')}`}
      .{' '}
      <span className="text-muted">
        Looked at <RelativeTime at={watchedAt} />.
        {watch.confirmedBy === 'policy' && (
          <>
            {' '}
            Policy <code className="wrap-anywhere">{watch.policyIds.join(', ')}</code>
          </>
        )}
      </span>
    </p>
  )
}

function GateList({ gate }: { gate: Gate }) {
  return (
    <div className="mt-2">
      <p className="font-medium">{gate.ready ? 'Ready to enforce' : 'Not ready to enforce'}</p>
      <ul>
        {gate.checks.map(({ id, ok, words }) => (
          <li key={id} className="flex items-center gap-2 [&_svg]:size-3.5 [&_svg]:shrink-0">
            {ok ? (
              <CircleCheck role="img" aria-label="Holds:" className="text-good" />
            ) : (
              <CircleX role="img" aria-label="Holds it back:" className="text-bad" />
            )}
            {words}
          </li>
        ))}
      </ul>
    </div>
  )
}
