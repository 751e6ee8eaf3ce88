'use client'

import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { formatNumber } from '@/components/ui/numbers'
import { Tabs } from '@/components/ui/tabs'

export type Series = {
  name: string
  /** One value a day, in the order of `days`. */
  values: readonly number[]
  /** The deviation is the only saturated thing. */
  emphasis?: boolean
}

type UseOverTimeProps = {
  /** What the chart answers: 'rundll32 runs a day, by group'. */
  title: string
  /** 'YYYY-MM-DD', oldest first, no gaps. */
  days: readonly string[]
  /** At most six read well; give the rest as one 'Other'. */
  series: readonly Series[]
  kind?: 'bars' | 'lines'
  height?: number
}

const COLORS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)']
const EMPHASIS = 'var(--score-4)'
/** A bar of few days is no block of colour. */
const MOST_WIDE = 40
const FRAME = { margin: { top: 4, right: 4, bottom: 0, left: 0 }, accessibilityLayer: false }
const TICK = { fill: 'var(--muted)', fontSize: 11 }

/** Use a day by series, with the same numbers as a table beside it. */
export function UseOverTime(props: UseOverTimeProps) {
  return (
    <figure className="m-0">
      <figcaption className="mb-1 font-medium">{props.title}</figcaption>
      <Tabs
        label={props.title}
        tabs={[
          { id: 'chart', label: 'Chart', content: <Chart {...props} /> },
          { id: 'table', label: 'Table', content: <DayTable {...props} /> },
        ]}
      />
    </figure>
  )
}

function Chart({ title, days, series, kind = 'bars', height = 200 }: UseOverTimeProps) {
  const data = days.map((day, index) => ({
    day,
    ...Object.fromEntries(series.map((one) => [one.name, one.values[index] ?? 0])),
  }))
  const colored = series.map((one, index) => ({
    ...one,
    color: one.emphasis ? EMPHASIS : (COLORS[index % COLORS.length] ?? EMPHASIS),
  }))
  const axes = (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="day"
        tick={TICK}
        tickFormatter={shortDay}
        minTickGap={24}
        stroke="var(--line-strong)"
        tickLine={false}
      />
      <YAxis
        tick={TICK}
        tickFormatter={formatNumber}
        width={48}
        allowDecimals={false}
        axisLine={false}
        tickLine={false}
      />
      <Tooltip
        cursor={{ fill: 'var(--hover)', stroke: 'var(--line-strong)' }}
        isAnimationActive={false}
        formatter={(value) => formatNumber(Number(value))}
        contentStyle={{
          background: 'var(--raised)',
          border: '1px solid var(--line)',
          borderRadius: 6,
          fontSize: 12,
        }}
        labelStyle={{ color: 'var(--ink)' }}
        itemStyle={{ color: 'var(--ink)', padding: 0 }}
      />
    </>
  )
  return (
    <div>
      <Key series={colored} />
      <div role="img" aria-label={`${title}: the Table tab has the numbers`} style={{ height }}>
        <ResponsiveContainer width="100%" height="100%">
          {kind === 'bars' ? (
            <BarChart data={data} {...FRAME} maxBarSize={MOST_WIDE}>
              {axes}
              {colored.map(({ name, color }) => (
                <Bar key={name} dataKey={name} stackId="all" fill={color} isAnimationActive={false} />
              ))}
            </BarChart>
          ) : (
            <LineChart data={data} {...FRAME}>
              {axes}
              {colored.map(({ name, color }) => (
                <Line
                  key={name}
                  dataKey={name}
                  stroke={color}
                  strokeWidth={1.5}
                  dot={false}
                  isAnimationActive={false}
                />
              ))}
            </LineChart>
          )}
        </ResponsiveContainer>
      </div>
    </div>
  )
}

/** Each series beside its colour and its sum; one alone is named by the title. */
function Key({ series }: { series: readonly (Series & { color: string })[] }) {
  if (series.length < 2) return null
  return (
    <ul className="mb-1 flex flex-wrap gap-x-4 gap-y-0.5 text-small">
      {series.map(({ name, color, values }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm" style={{ background: color }} />
          {name}
          <span className="text-muted">{formatNumber(sum(values))}</span>
        </li>
      ))}
    </ul>
  )
}

function DayTable({ title, days, series, height = 200 }: UseOverTimeProps) {
  return (
    <div className="overflow-auto rounded border" style={{ maxHeight: height + 40 }}>
      <table aria-label={title} className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            <th scope="col" className="sticky top-0 border-b bg-surface px-2 text-left text-small">
              Day
            </th>
            {series.map(({ name }) => (
              <th
                key={name}
                scope="col"
                className="sticky top-0 border-b bg-surface px-2 text-right text-small"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, index) => (
            <tr key={day}>
              <th scope="row" className="px-2 text-left font-normal">
                {day}
              </th>
              {series.map(({ name, values }) => (
                <td key={name} className="px-2 text-right">
                  {formatNumber(values[index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** '2026-11-04' → '4 Nov' */
function shortDay(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
}
