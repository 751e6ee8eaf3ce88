import { Link } from '@/components/ui/link'
import type { AuditRow } from '@/lib/store/screens/audit'
import { keptWords } from './kept-words'

/** Where the pages of each kind of subject are. */
const HREF: Readonly<Record<string, (id: string) => string>> = {
  deviation: (id) => `/deviations/${encodeURIComponent(id)}`,
  decision: (id) => `/decisions/${encodeURIComponent(id)}`,
  host: (id) => `/hosts/${encodeURIComponent(id)}`,
  'catalogue-entry': (id) => `/binaries/${encodeURIComponent(id)}`,
  'sigma-rules': () => '/settings/sigma',
  upload: (id) => `/imports/${encodeURIComponent(id)}`,
  account: () => '/settings/accounts',
  key: () => '/settings/keys',
  export: () => '/settings/exports',
}

/** What an entry is about: its page, where it has one. */
export function SubjectLink({ row: { subjectKind, subjectId, detail } }: { row: AuditRow }) {
  const href = Object.hasOwn(HREF, subjectKind) ? HREF[subjectKind]?.(subjectId) : undefined
  const text = (
    <span title={`${subjectKind} ${subjectId}`}>
      {keptWords(subjectKind)} <bdi>{titleOf(detail) ?? subjectId}</bdi>
    </span>
  )
  return href === undefined ? (
    text
  ) : (
    <Link className="link" href={href}>
      {text}
    </Link>
  )
}

/** What people call it, where the entry says. */
function titleOf(detail: AuditRow['detail']): string | null {
  if (detail === null || typeof detail !== 'object' || Array.isArray(detail)) return null
  const titles = Object.entries(detail).filter(([key]) => ['title', 'email', 'name'].includes(key))
  const title = titles[0]?.[1]
  return typeof title === 'string' ? title : null
}
