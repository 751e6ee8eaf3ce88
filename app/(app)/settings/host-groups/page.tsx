import type { Metadata } from 'next'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { LinkButton } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/time'
import { requireActor } from '@/lib/access/current-actor'
import { today } from '@/lib/clock'
import { listGroupProposals } from '@/lib/store/screens/group-proposals'
import {
  type HostGroupRow,
  listGroupRules,
  listHostGroups,
  listHostsByPattern,
} from '@/lib/store/screens/host-groups'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { AssignHosts } from './assign-hosts'
import { GroupProposals } from './group-proposals'
import { NameRules } from './name-rules'
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
  const { q, filters } = parseTableRequest(await searchParams, {
    sorts: ['name'],
    defaultSort: 'name',
    filters: ['propose'],
  })
  const asked = filters['propose']?.[0]
  const [groups, hosts, rules, proposals] = await Promise.all([
    listHostGroups(),
    listHostsByPattern(q === '' ? '*' : q),
    listGroupRules(),
    asked === undefined ? null : listGroupProposals(asked === 'all' ? 'all' : 'ungrouped'),
  ])
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
        title="By name"
        description="Hosts join the group of the first pattern that one of their names fits, new hosts as soon as they are seen. A host that was put into a group by hand stays there."
      >
        <NameRules key={JSON.stringify(rules)} rules={rules} groups={groups} today={today()} />
      </Section>
      <Section
        title="By similarity of use"
        description="Hosts that use proxy binaries alike make good groups: they are compared with their like. What every host does counts for little; what few do, from the same parents, for much."
      >
        <div className="mb-3 flex flex-wrap gap-2">
          <LinkButton href="/settings/host-groups?propose=ungrouped">Look among hosts in no group</LinkButton>
          <LinkButton variant="quiet" href="/settings/host-groups?propose=all">
            Among all hosts
          </LinkButton>
        </div>
        {proposals !== null && <GroupProposals key={asked} proposals={proposals} today={today()} />}
      </Section>
      <Section
        title="By hand"
        description="Find hosts by name, * standing for any text and ? for one character, then put them into a group. It holds from today on; what they did before keeps being compared with the group they were in."
      >
        <AssignHosts key={q} pattern={q} hosts={hosts} groups={groups} />
      </Section>
    </>
  )
}
