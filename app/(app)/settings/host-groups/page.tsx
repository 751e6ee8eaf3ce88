import type { Metadata } from 'next'
import Link from 'next/link'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/time'
import { requireActor } from '@/lib/access/current-actor'
import { type HostGroupRow, listHostGroups, listHostsByPattern } from '@/lib/store/screens/host-groups'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { AssignHosts } from './assign-hosts'
import { NewGroup } from './new-group'

export const metadata: Metadata = { title: 'Host groups' }

const COLUMNS: PlainColumn<HostGroupRow>[] = [
  { id: 'name', header: 'Group', cell: (row) => row.name },
  {
    id: 'hosts',
    header: 'Hosts',
    align: 'right',
    cell: (row) => (
      <Link href={`/hosts?group=${encodeURIComponent(row.name)}`} className="hover:underline">
        {formatNumber(row.hosts)}
      </Link>
    ),
  },
  { id: 'created', header: 'Made', cell: (row) => <RelativeTime at={row.createdAt} /> },
]

export default async function HostGroupsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireActor('manage-hosts')
  const { q } = parseTableRequest(await searchParams, { sorts: ['name'], defaultSort: 'name' })
  const [groups, hosts] = await Promise.all([listHostGroups(), listHostsByPattern(q === '' ? '*' : q)])
  return (
    <>
      <Section
        title="Host groups"
        description="A host is compared with its group before the whole fleet, and people can be limited to groups. A host is in one group at a time."
        actions={<NewGroup />}
      >
        <PlainTable
          label="host groups"
          columns={COLUMNS}
          rows={groups}
          rowId={(row) => String(row.id)}
          empty="No group yet: make one, then put hosts into it."
        />
      </Section>
      <Section
        title="Hosts"
        description="Find hosts by name, * standing for any text and ? for one character, then put them into a group. It holds from today on; what they did before keeps being compared with the group they were in."
      >
        <AssignHosts key={q} pattern={q} hosts={hosts} groups={groups} />
      </Section>
    </>
  )
}
