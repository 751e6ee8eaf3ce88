'use client'

import { CommandLine } from '@/components/command-line/command-line'
import { InertText } from '@/components/command-line/inert-text'
import { ScoreBadge } from '@/components/state/score-badge'
import { TriageBadge } from '@/components/state/state-badge'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { Timestamp } from '@/components/ui/time'
import { addressTime } from '@/components/ui/time-format'
import type { HostTimeline as Loaded, TimelineEvent } from '@/lib/store/screens/host/timeline'

const COLUMNS: PlainColumn<TimelineEvent>[] = [
  {
    id: 'at',
    header: 'Time',
    cell: (event) => (
      <Link href={hrefOf(event)} className="hover:underline">
        <Timestamp at={event.at} />
      </Link>
    ),
  },
  { id: 'binary', header: 'Binary', cell: (event) => event.slug },
  { id: 'what', header: 'What', wide: true, cell: (event) => <What event={event} /> },
  {
    id: 'score',
    header: 'Score',
    align: 'right',
    cell: (event) => (event.kind === 'deviation' ? <ScoreBadge millibits={event.scoreMillibits} /> : null),
  },
]

type HostTimelineProps = {
  host: string
  timeline: Loaded
  /** The first day of the period. */
  windowFrom: string
}

export function HostTimeline({ host, timeline: { events, since }, windowFrom }: HostTimelineProps) {
  return (
    <PlainTable
      label="newest executions and deviations"
      columns={COLUMNS}
      rows={events}
      rowId={(event) => `${event.kind} ${event.id} ${event.at}`}
      empty="Nothing in this period."
      note={since !== null && <Earlier host={host} since={since} windowFrom={windowFrom} />}
    />
  )
}

type EarlierProps = { host: string; since: number; windowFrom: string }

/** What leads on from the oldest row. */
function Earlier({ host, since, windowFrom }: EarlierProps) {
  const ofHost = `host=${encodeURIComponent(host)}`
  // of what happened at the same moment, some may be left out
  const until = encodeURIComponent(addressTime(since + 1))
  return (
    <>
      The newest, since <Timestamp at={since} />.{' '}
      <Link href={`/executions?${ofHost}&from=${windowFrom}&to=${until}`} className="link">
        Earlier executions
      </Link>
      {' · '}
      <Link href={`/deviations?${ofHost}&state=all`} className="link">
        All deviations
      </Link>
    </>
  )
}

function hrefOf(event: TimelineEvent): string {
  return event.kind === 'deviation'
    ? `/deviations/${event.id}`
    : `/executions/${event.hostId}/${event.at}/${event.id}`
}

function What({ event }: { event: TimelineEvent }) {
  if (event.kind === 'execution') return <CommandLine text={event.commandLine} image={event.image} oneLine />
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <TriageBadge state={event.state} />
      <code className="truncate">
        <InertText text={event.title || '(no arguments)'} />
      </code>
    </span>
  )
}
