/** Which of the numbers in 06/03/2018 is the day. */
export type DateOrder = 'day-month' | 'month-day' | 'unknown'

const DATE = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b/

/**
 * What the dates of a log prove of themselves: a number over twelve is a day; and of a log in order of time, newest or oldest first, they rise or fall
 * when read the right way and jump when read the other.
 */
export function orderOfDates(printed: readonly string[]): DateOrder {
  const dates = datesOf(printed)
  const proven = provenOrder(dates)
  return proven === 'unknown' ? orderOfLog(dates) : proven
}

/**
 * The same of the columns of one table, whose rows need not be in order of time: they are taken to be where so many different dates would hardly
 * happen to be. Where only the second number is ever printed with a zero before it, it is the month: no language has it the other way round.
 */
export function orderOfColumns(columns: readonly (readonly string[])[]): DateOrder {
  const dated = columns.map(datesOf)
  const proven = provenOrder(dated.flat())
  if (proven !== 'unknown') return proven
  const ordered = dated.filter((dates) => new Set(dates.map(String)).size >= ORDERED_DATES).map(orderOfLog)
  const order = ordered.find((one) => one !== 'unknown')
  return order ?? (columns.some(hasPaddedMonths) ? 'day-month' : 'unknown')
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

function provenOrder(dates: readonly PrintedDate[]): DateOrder {
  if (dates.some(([first]) => first > 12)) return 'day-month'
  return dates.some(([, second]) => second > 12) ? 'month-day' : 'unknown'
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
