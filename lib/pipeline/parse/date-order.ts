/** Which of the numbers in 06/03/2018 is the day. */
export type DateOrder = 'day-month' | 'month-day' | 'unknown'

const DATE = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b/

/**
 * What the dates of a log prove of themselves: a number over twelve is a day; and of a log in order of time, newest or oldest first, they rise or fall
 * when read the right way and jump when read the other.
 */
export function orderOfDates(printed: readonly string[]): DateOrder {
  const dates = printed.flatMap((text) => {
    const [, first, second, year] = DATE.exec(text) ?? []
    return year === undefined ? [] : [[Number(first), Number(second), Number(year)] as const]
  })
  if (dates.some(([first]) => first > 12)) return 'day-month'
  if (dates.some(([, second]) => second > 12)) return 'month-day'
  const dayFirst = isInOrder(dates.map(([day, month, year]) => year * 400 + month * 31 + day))
  const monthFirst = isInOrder(dates.map(([month, day, year]) => year * 400 + month * 31 + day))
  if (dayFirst === monthFirst) return 'unknown'
  return dayFirst ? 'day-month' : 'month-day'
}

function isInOrder(days: readonly number[]): boolean {
  const isRising = days.every((day, index) => day >= (days[index - 1] ?? day))
  return isRising || days.every((day, index) => day <= (days[index - 1] ?? day))
}
