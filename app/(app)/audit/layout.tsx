import type { ReactNode } from 'react'
import { requireActor } from '@/lib/access/current-actor'

/** Refuses before the page's skeleton is sent: afterwards the answer could no longer be 403. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  await requireActor('view-audit')
  return children
}
