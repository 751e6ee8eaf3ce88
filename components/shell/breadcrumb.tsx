'use client'

import { usePathname } from 'next/navigation'
import { Link } from '@/components/ui/link'
import { CONTROLS } from '@/lib/pipeline/decision/block'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import { PLACES } from './navigation'

/** Parts of an address that are words of ours; others are names and ids. */
const LABELS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(CONTROLS.map((control) => [control, CONTROL_FACTS[control].name])),
  accounts: 'Accounts',
  catalogue: 'Catalogue',
  'host-groups': 'Host groups',
  incidents: 'Incidents',
  tuning: 'Tuning',
  sigma: 'Sigma rules',
  keys: 'API keys',
  exports: 'Exports',
  api: 'API',
  notifications: 'Notifications',
  decisions: 'Decisions',
  'never-seen': 'Never seen',
  new: 'New',
  edit: 'Edit',
  system: 'System',
  detections: 'Detections',
  collection: 'Collection',
  versions: 'Versions',
  load: 'Load',
  import: 'Import',
  rejections: 'Rejected records',
  cm0091: 'CM0091',
  week: 'Week',
  binary: 'Binary',
  decision: 'Decision',
}

/** Numbers and UUIDs say nothing to people: the page's heading names what they stand for. */
const ID = /^-?\d+$|^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** Where the page is: its section, and what is open in it. */
export function Breadcrumb() {
  const path = usePathname()
  const segments = path.split('/').filter(Boolean)
  const section = PLACES.find(({ href }) => href === `/${segments[0] ?? ''}`)
  const rest = segments
    .slice(1)
    .map((segment, index) => ({ segment, href: `/${segments.slice(0, index + 2).join('/')}` }))
    .filter(({ segment }) => !ID.test(segment))
    .map(({ segment, href }) => ({ href, label: LABELS[segment] ?? decode(segment) }))
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5">
        <li className="shrink-0 font-semibold max-sm:hidden">Cordon</li>
        {section && <Crumb href={section.href} label={section.label} current={segments.length === 1} />}
        {rest.map(({ href, label }, index) => (
          <Crumb key={href} href={href} label={label} current={index === rest.length - 1} />
        ))}
      </ol>
    </nav>
  )
}

function Crumb({ href, label, current }: { href: string; label: string; current: boolean }) {
  return (
    <li className="flex min-w-0 items-center gap-1.5">
      <span aria-hidden className="text-muted max-sm:hidden">
        /
      </span>
      {current ? (
        <span aria-current="page" className="truncate">
          {label}
        </span>
      ) : (
        <Link href={href} className="truncate text-muted hover:text-ink">
          {label}
        </Link>
      )}
    </li>
  )
}

/** A malformed address shows as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
