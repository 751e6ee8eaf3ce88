'use client'

import { useLive } from '@/components/shell/live'
import { useRefresh } from '@/components/shell/use-refresh'
import { SendingState } from '@/components/state/sending-state'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import type { DeliveryRow } from '@/lib/store/screens/notifications'
import { retryDeliveryAction } from './actions'

const COLUMNS: readonly PlainColumn<DeliveryRow>[] = [
  { id: 'at', header: 'When', cell: ({ at }) => <RelativeTime at={at} /> },
  { id: 'channel', header: 'By', cell: ({ channel }) => (channel === 'email' ? 'E-mail' : 'Webhook') },
  { id: 'title', header: 'Notification', cell: ({ title }) => title },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, error, nextAt }) => (
      <SendingState state={state} again={state === 'queued' && error !== null ? nextAt : null} />
    ),
  },
  { id: 'attempts', header: 'Attempts', align: 'right', cell: ({ attempts }) => attempts },
  {
    id: 'error',
    header: 'What went wrong',
    wide: true,
    cell: (row) => (
      <>
        {row.error}
        {row.state === 'failed' && <Retry id={row.id} />}
      </>
    ),
  },
]

/** What became of what was to be sent; follows it while the page is open. */
export function DeliveryLog({ deliveries }: { deliveries: readonly DeliveryRow[] }) {
  useLive(['notification'], useRefresh())
  return (
    <PlainTable
      label="Deliveries"
      columns={COLUMNS}
      rows={deliveries}
      rowId={({ id }) => id}
      empty="Nothing was to be sent yet."
    />
  )
}

function Retry({ id }: { id: string }) {
  const { run, busy } = useAction()
  return (
    <Button
      className="ml-2"
      busy={busy}
      onClick={() => void run(() => retryDeliveryAction(id), 'It is tried again.')}
    >
      Try again
    </Button>
  )
}
