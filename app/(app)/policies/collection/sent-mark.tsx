import { Check, X } from 'lucide-react'
import { Fragment } from 'react'
import { configsFor, type ExpectedKind } from '@/lib/pipeline/export/audit-config/gaps'

export const KIND_WORDS: Readonly<Record<ExpectedKind, string>> = {
  'process-creation': 'Processes',
  'command-lines': 'Command lines',
  'module-load': 'Modules',
  'network-connection': 'Connections',
  'dns-query': 'DNS',
  attempt: 'Attempts',
}

/** Whether a kind of event arrives. */
export function Mark({ sent }: { sent: boolean }) {
  return sent ? (
    <span className="inline-flex items-center gap-1 align-middle text-good [&_svg]:size-3.5">
      <Check aria-hidden />
      <span className="sr-only">sent</span>
    </span>
  ) : (
    <span className="inline-flex items-center gap-1 align-middle text-bad [&_svg]:size-3.5">
      <X aria-hidden /> missing
    </span>
  )
}

/** The configurations on this page that turn on what is missing. */
export function ClosedBy({ gaps }: { gaps: readonly ExpectedKind[] }) {
  const configs = configsFor(gaps)
  if (configs.length === 0) return <span className="text-muted">nothing is missing</span>
  return configs.map(({ id, label }, at) => (
    <Fragment key={id}>
      {at > 0 && ', '}
      <a href={`#${id}`} title={label} className="text-accent hover:underline">
        {label}
      </a>
    </Fragment>
  ))
}
