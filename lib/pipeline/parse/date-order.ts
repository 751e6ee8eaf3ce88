/** Which of the numbers in 06/03/2018 is the day. */
export type DateOrder = 'day-month' | 'month-day' | 'unknown'

/** How people say it: day, month, year; month, day, year. */
export const SAID_ORDERS = ['dmy', 'mdy'] as const
export type SaidOrder = (typeof SAID_ORDERS)[number]
/** What was said, where dates show otherwise. */
export type Refuted = `not-${SaidOrder}`

const DATE = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b/

/** What dates show: that both numbers are days in turn (files put together) shows that nothing holds for all. */
type Shown = DateOrder | 'mixed'

/**
 * What the dates of a log prove of themselves: a number over twelve is a day; and of a log in order of time, newest or oldest first, they rise or fall
 * when read the right way and jump when read the other.
 */
export function orderOfDates(printed: readonly string[]): DateOrder {
  const dates = datesOf(printed)
  const proven = provenOrder(dates)
  if (proven === 'mixed') return 'unknown'
  return proven === 'unknown' ? orderOfLog(dates) : proven
}

/**
 * The same of each column of a table. A column that shows nothing has the order of those that are printed alike, if they agree: others may be another
 * program's.
 */
export function ordersOfColumns(columns: readonly (readonly string[])[]): DateOrder[] {
  const shown = columns.map((printed) => ({ order: orderOfColumn(printed), form: formOf(printed) }))
  return shown.map(({ order, form }) => {
    if (order !== 'unknown') return order === 'mixed' ? 'unknown' : order
    const alike = new Set(shown.flatMap((other) => (other.form === form ? other.order : [])))
    alike.delete('unknown')
    const [only = 'unknown', ...more] = alike
    return more.length > 0 || only === 'mixed' ? 'unknown' : only
  })
}

/** The order that was said of a log, unless one of its dates is none in it. */
export function saidOrder(said: SaidOrder, printed: readonly string[]): DateOrder | Refuted {
  if (printed.some((text) => refutes(text, said))) return `not-${said}`
  return said === 'dmy' ? 'day-month' : 'month-day'
}

/** The same of each column of a table: what one shows holds for those that are printed alike. */
export function saidOrdersOfColumns(
  said: SaidOrder,
  columns: readonly (readonly string[])[],
): (DateOrder | Refuted)[] {
  const forms = columns.map(formOf)
  return forms.map((form) =>
    saidOrder(
      said,
      columns.flatMap((printed, index) => (forms[index] === form ? printed : [])),
    ),
  )
}

/** A number over twelve is no month, and before dots stands the day in every language. */
function refutes(printed: string, said: SaidOrder): boolean {
  const [, first, second] = DATE.exec(printed) ?? []
  if (said === 'dmy') return Number(second) > 12
  return Number(first) > 12 || /^\d\d?\./.test(printed)
}

/**
 * A table's rows need not be in order of time: they are taken to be where so many different dates would hardly happen to be. Where only the second number
 * is ever printed with a zero before it, it is the month: no language has it the other way round.
 */
function orderOfColumn(printed: readonly string[]): Shown {
  const dates = datesOf(printed)
  const proven = provenOrder(dates)
  if (proven !== 'unknown') return proven
  const order = new Set(dates.map(String)).size >= ORDERED_DATES ? orderOfLog(dates) : 'unknown'
  return order === 'unknown' && hasPaddedMonths(printed) ? 'day-month' : order
}

/** How a column prints its times, as its first date shows: 0/0/0, 0:0:0 A. */
export function formOf(printed: readonly string[]): string {
  const first = printed.find((text) => DATE.test(text)) ?? ''
  return first
    .slice(0, 64)
    .trim()
    .replace(/\d+/g, '0')
    .replace(/[AP]\.?\s?M\.?$/i, 'A')
}

const ORDERED_DATES = 6

type PrintedDate = readonly [first: number, second: number, year: number]

function datesOf(printed: readonly string[]): PrintedDate[] {
  return printed.flatMap((text) => {
    const [, first, second, year] = DATE.exec(text) ?? []
    return year === undefined ? [] : [[Number(first), Number(second), Number(year)] as const]
  })
}

function hasPaddedMonths(printed: readonly string[]): boolean {
  return (
    printed.some((text) => /^[1-9]\/0/.test(text)) && !printed.some((text) => /^0|^\d\d?\/[1-9]\//.test(text))
  )
}

function provenOrder(dates: readonly PrintedDate[]): Shown {
  const isDayFirst = dates.some(([first]) => first > 12)
  const isMonthFirst = dates.some(([, second]) => second > 12)
  if (isDayFirst) return isMonthFirst ? 'mixed' : 'day-month'
  return isMonthFirst ? 'month-day' : 'unknown'
}

function orderOfLog(dates: readonly PrintedDate[]): DateOrder {
  const dayFirst = isInOrder(dates.map(([day, month, year]) => year * 400 + month * 31 + day))
  const monthFirst = isInOrder(dates.map(([month, day, year]) => year * 400 + month * 31 + day))
  if (dayFirst === monthFirst) return 'unknown'
  return dayFirst ? 'day-month' : 'month-day'
}

function isInOrder(days: readonly number[]): boolean {
  const isRising = days.every((day, index) => day >= (days[index - 1] ?? day))
  return isRising || days.every((day, index) => day <= (days[index - 1] ?? day))
}
