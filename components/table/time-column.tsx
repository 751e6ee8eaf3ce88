import { Timestamp } from '@/components/ui/time'
import type { Column } from './column'

/** First column of a list by time, which is read from either end. `at`: microseconds since 1970. */
export function timeColumn<Row>(at: (row: Row) => number, width = 188): Column<Row> {
  return {
    id: 'time',
    header: 'Time',
    width,
    sortable: true,
    sortDescendingFirst: true,
    cell: (row) => <Timestamp at={at(row)} />,
  }
}
