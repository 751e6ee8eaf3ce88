import { InertText } from '@/components/command-line/inert-text'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { hostLabel } from '@/lib/pipeline/normalise/host-name'
import type { listReached } from '@/lib/store/screens/executions/reached'

/** What connected to the address or name that is searched for: no command line needs to hold it. */
export async function ReachedList({ reaching }: { reaching: ReturnType<typeof listReached> }) {
  const { reached, total } = await reaching
  if (total === 0) return null
  return (
    <section aria-label="Reached over the network" className="mb-3 rounded border px-3 py-2">
      <h2 className="font-medium">
        Reached over the network by {countOf(total, 'binary of a host', 'binaries of hosts')}, whatever their
        command lines say
      </h2>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        {reached.map(({ slug, binary, host, hostId, from, to, executions }) => (
          <li key={`${slug} ${hostId}`}>
            <Link
              className="link"
              href={`/executions?${new URLSearchParams({ binary: slug, host, from, to })}`}
              title={host}
            >
              {binary} on <InertText text={hostLabel(host)} />
            </Link>{' '}
            <span className="text-muted">
              {from === to ? from : `${from} to ${to}`}, {countOf(executions, 'execution')}
            </span>
          </li>
        ))}
        {total > reached.length && <li className="text-muted">and {total - reached.length} more</li>}
      </ul>
    </section>
  )
}
