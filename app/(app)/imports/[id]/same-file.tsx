import type { ReactNode } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import { ImportBadge } from '@/components/state/state-badge'
import { Link } from '@/components/ui/link'
import type { ReadAgains, SameFile } from '@/lib/store/screens/read-agains'

/** Leads to the import that read the same file before, and to the one that did afterwards. */
export function SameFileLinks({ from, as }: ReadAgains) {
  return (
    <>
      {from !== null && <SameFileLink to={from}>Read again from</SameFileLink>}
      {as !== null && <SameFileLink to={as}>Read again as</SameFileLink>}
    </>
  )
}

function SameFileLink({ to: { id, name, shownState }, children }: { to: SameFile; children: ReactNode }) {
  return (
    <p className="mb-4 flex flex-wrap items-center gap-1.5">
      {children}
      <Link href={`/imports/${id}`} className="link">
        <InertText text={name} />
      </Link>
      <ImportBadge state={shownState} />
    </p>
  )
}
