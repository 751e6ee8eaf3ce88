import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'

export const metadata: Metadata = { title: 'Reports' }

const REPORTS = [
  {
    href: '/reports/cm0091',
    title: 'CM0091: where it stands',
    about:
      'Each point of the countermeasure with the number behind it, what is not seen, and the countermeasures it leads to.',
  },
  {
    href: '/reports/week',
    title: 'Deviations of a week',
    about: 'What deviated for the first time, and what was judged.',
  },
] as const

export default async function ReportsPage() {
  await requireActor()
  return (
    <>
      <PageHeader
        title="Reports"
        description="For those who were not here: pages that print, and PDFs with the same figures. The dossier of a binary, or of a decision, is opened from its page."
      />
      <ul className="max-w-[60rem] divide-y rounded border">
        {REPORTS.map(({ href, title, about }) => (
          <li key={href}>
            <Link href={href} className="block px-3 py-2 hover:bg-hover">
              <span className="font-medium">{title}</span>
              <span className="block text-muted">{about}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
