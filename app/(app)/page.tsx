import type { Metadata } from 'next'
import { COVERAGE_WORDS } from '@/components/baseline/coverage-words'
import { UseOverTime } from '@/components/chart/use-over-time'
import { ScoreBadge } from '@/components/state/score-badge'
import { LinkButton } from '@/components/ui/button'
import { countOf } from '@/components/ui/numbers'
import { PageHeader, Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import type { Sensor } from '@/lib/pipeline/event/event'
import { findDataSpan, lastDays } from '@/lib/store/screens/data-window'
import { listAlarms } from '@/lib/store/screens/decision/alarms'
import { importViewer, listUploads, UPLOAD_SORTS } from '@/lib/store/screens/imports'
import type { FleetCoverage } from '@/lib/store/screens/overview/coverage'
import type { DecisionCounts } from '@/lib/store/screens/overview/decisions'
import { type DeviationCounts, SCORE_STEPS } from '@/lib/store/screens/overview/deviations'
import { loadActivity, loadStanding } from '@/lib/store/screens/overview/fleet'
import { findPendingWork } from '@/lib/store/screens/overview/work'
import { parseTableRequest } from '@/lib/store/screens/table-request'
import { CountedLine } from './counted-at'
import { AlarmList } from './decisions/alarm-list'
import { SENSOR_LABELS } from './executions/sensor-labels'
import { type Figure, Figures } from './overview/figures'
import { FirstSteps } from './overview/first-steps'
import { NewestImports } from './overview/newest-imports'
import { pointsWords, toPoints } from './overview/points'
import { PointsTable } from './overview/points-table'
import { WaitingLine } from './overview/waiting-line'
import { WorkLine } from './overview/work-line'

export const metadata: Metadata = { title: 'Overview' }

const TREND_DAYS = 30
const NEWEST_IMPORTS = 5
const NEWEST = parseTableRequest({}, { sorts: UPLOAD_SORTS, defaultSort: 'created' })

export default async function OverviewPage() {
  const actor = await requireActor()
  const [span, { value: standing, at: standingAt }, work, alarms] = await Promise.all([
    findDataSpan(actor.scope),
    loadStanding(actor.scope),
    findPendingWork(importViewer(actor)),
    listAlarms(actor.scope),
  ])
  const { decisions, deviations } = standing
  if (span === null)
    return (
      <>
        <PageHeader title="Overview" />
        <WorkLine work={work} />
        <FirstSteps watched={decisions.counted} actor={actor} />
      </>
    )
  const window = lastDays(span, TREND_DAYS)
  const [{ value: fleet, at }, uploads] = await Promise.all([
    loadActivity(actor.scope, window),
    listUploads(importViewer(actor), { ...NEWEST, pageSize: NEWEST_IMPORTS }),
  ])
  const { coverage, trends } = fleet
  const points = toPoints({ days: trends.days.length, decisions, deviations, coverage, alarms })
  return (
    <>
      <PageHeader
        title="Overview"
        description={`${countOf(coverage.hosts, 'host')}; data from ${span.from} to ${span.to}. Coverage and trends look at the last ${countOf(trends.days.length, 'day')} of it.`}
      />
      <WorkLine work={work} />
      <CountedLine at={at ?? standingAt} />
      <AlarmList alarms={alarms} />
      <WaitingLine
        accountId={actor.accountId}
        mayTriage={actorMay(actor, 'triage')}
        mayDecide={actorMay(actor, 'decide')}
      />
      <Section
        title="Where CM0091 stands"
        description={`Prevent and detect system binary proxy execution: ${pointsWords(points, trends.days.length)}`}
      >
        <PointsTable points={points} />
      </Section>
      <div className="mb-8 grid gap-4 md:grid-cols-2 xl:grid-cols-4">
        <Figures
          title="Binaries"
          figures={binaryFigures(decisions)}
          note="Approved ones are counted whether enforced or not."
        />
        <Figures
          title="Open deviations"
          figures={deviationFigures(deviations)}
          note="By the highest score they reached; each row counts those above it too."
        />
        <Figures title="Judged deviations" figures={judgedFigures(deviations)} />
        <Figures
          title="Hosts"
          figures={hostFigures(coverage)}
          note={`Counted from ${window.from} to ${window.to}, the last data.`}
        />
      </div>
      <div className="mb-8 grid gap-6 xl:grid-cols-2">
        <UseOverTime
          title="Executions of proxy binaries a day"
          days={trends.days}
          series={[{ name: 'Executions', values: trends.executions }]}
        />
        <UseOverTime
          title="Deviations first seen, by day"
          days={trends.days}
          series={[{ name: 'New deviations', values: trends.newDeviations, emphasis: true }]}
        />
      </div>
      <Section
        title="Newest imports"
        actions={
          <LinkButton variant="quiet" href="/imports">
            All imports
          </LinkButton>
        }
      >
        <NewestImports uploads={uploads.rows} />
      </Section>
    </>
  )
}

function binaryFigures({ undecided, undecidedSeen, proposed, approved, enforced }: DecisionCounts): Figure[] {
  return [
    { label: 'Undecided, ran here', value: undecidedSeen, href: '/binaries?decision=undecided&seen=yes' },
    {
      label: 'Undecided, never ran here',
      value: undecided - undecidedSeen,
      href: '/binaries?decision=undecided&seen=no',
    },
    {
      label: 'In audit or proposed',
      value: proposed,
      href: '/binaries?decision=audit&decision=proposed&decision=emergency',
    },
    { label: 'Approved', value: approved, href: '/binaries?decision=approved&decision=enforced' },
    { label: 'Enforced', value: enforced, href: '/binaries?decision=enforced' },
  ]
}

function deviationFigures({ openFrom }: DeviationCounts): Figure[] {
  return SCORE_STEPS.map((bits, index) => ({
    label: `${bits} bits or more`,
    value: openFrom[index] ?? 0,
    href: `/deviations?score=${bits}`,
    mark: <ScoreBadge millibits={bits * 1000} />,
  })).reverse()
}

const JUDGED = [
  { state: 'flagged', label: 'Flagged' },
  { state: 'malicious', label: 'Malicious' },
  { state: 'expected', label: 'Expected' },
  { state: 'authorised-test', label: 'Authorised test' },
]

function judgedFigures({ byState }: DeviationCounts): Figure[] {
  return JUDGED.map(({ state, label }) => ({
    label,
    value: byState[state] ?? 0,
    href: `/deviations?state=${state}`,
  }))
}

function hostFigures({ bySensor, withoutCommandLines, silent }: FleetCoverage): Figure[] {
  const sensorFigure = ({ sensor, hosts }: { sensor: Sensor; hosts: number }) => ({
    label: `With ${SENSOR_LABELS[sensor]}`,
    value: hosts,
    href: `/hosts?sensor=${sensor}`,
  })
  return [
    ...bySensor.map(sensorFigure),
    {
      label: COVERAGE_WORDS['no-command-lines'].label,
      value: withoutCommandLines,
      href: '/hosts?coverage=no-command-lines',
    },
    { label: 'Silent in these days', value: silent, href: '/hosts?coverage=silent' },
  ]
}
