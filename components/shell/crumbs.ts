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
  hosts: 'Hosts',
  cm0091: 'CM0091',
  week: 'Week',
  binary: 'Binary',
  decision: 'Decision',
}

/** Numbers and UUIDs say nothing to people: the page names what they stand for. */
const ID = /^-?\d+$|^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** A part of the way to a page; `href` is without a query. */
export type Crumb = { href: string; label: string }

/** The way to an address: its section, and what is open in it. `name`: what the page calls that of which the address has an id; ids without a name are left out. */
export function crumbsOf(path: string, name: string | null): Crumb[] {
  const segments = path.split('/').filter(Boolean)
  const named = name === null ? -1 : segments.findLastIndex((segment) => ID.test(segment))
  const section = `/${segments[0] ?? ''}`
  const places = PLACES.filter(({ href }) => href === section).map(({ href, label }) => ({ href, label }))
  const within = segments.slice(1).flatMap((segment, at) => {
    const href = `/${segments.slice(0, at + 2).join('/')}`
    if (name !== null && at + 1 === named) return [{ href, label: name }]
    return ID.test(segment) ? [] : [{ href, label: LABELS[segment] ?? decode(segment) }]
  })
  return [...places, ...within]
}

/** A malformed address shows as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
