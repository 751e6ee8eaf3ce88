import { InertText } from '@/components/command-line/inert-text'
import { EXCEPTION_KINDS } from '@/components/decision/block-words'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import type { BlockException } from '@/lib/pipeline/decision/block'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'

type ExceptionTableProps = {
  exceptions: readonly BlockException[]
  /** 'host 12' or 'group 3' → its name. */
  names: ReadonlyMap<string, string>
}

/** What a block spares, each with its reason and its end. */
export function ExceptionTable({ exceptions, names }: ExceptionTableProps) {
  const columns: PlainColumn<BlockException>[] = [
    { id: 'kind', header: 'Spares', cell: (row) => EXCEPTION_KINDS[row.kind] },
    {
      id: 'what',
      header: 'What',
      wraps: true,
      cell: (row) => (
        <code>
          <InertText text={whatOf(row, names)} />
        </code>
      ),
    },
    { id: 'reason', header: 'Why', wraps: true, cell: (row) => <bdi>{row.reason}</bdi> },
    {
      id: 'until',
      header: 'Last day',
      cell: (row) => row.until ?? <span className="text-muted">as long as the decision</span>,
    },
  ]
  return (
    <PlainTable
      label="exceptions"
      columns={columns}
      rows={exceptions}
      rowId={(row) => `${row.kind} ${'id' in row ? row.id : row.value}`}
      empty="Nothing is spared."
    />
  )
}

/** What an exception spares, by its name. */
export function whatOf(exception: BlockException, names: ReadonlyMap<string, string>): string {
  if ('id' in exception)
    return (
      names.get(`${exception.kind} ${exception.id}`) ??
      `a ${exception.kind} that you may not see, or that is gone`
    )
  if (exception.kind === 'parent') return parentWords(exception.value)
  return exception.value || '(no arguments)'
}
