import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { FilterBar } from '@/components/table/filter-bar'
import { Details } from '@/components/ui/details'
import { DownloadLink } from '@/components/ui/download-link'
import { Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { EXPECTED_KINDS } from '@/lib/pipeline/export/audit-config/gaps'
import { AUDIT_CONFIGS } from '@/lib/pipeline/export/audit-config/registry'
import { COLLECTION_SOURCES } from '@/lib/pipeline/export/collection/registry'
import {
  loadCollectionGaps,
  loadWatched,
  pageOfHosts,
  parseSendingRequest,
  SENDING_FILTERS,
  type SendingHost,
} from '@/lib/store/screens/collection'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { ExportFiles } from '../export-files'
import { Steps } from '../steps'
import { GapTable } from './gap-table'
import { HostsTable } from './hosts-table'
import { KIND_WORDS } from './sent-mark'

export const metadata: Metadata = { title: 'Collection' }

/** Days that the queries shown here reach back. */
const DAYS = 7

export default async function CollectionPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { scope } = await requireActor()
  const request = parseSendingRequest(await searchParams)
  const [view, watched] = await Promise.all([loadCollectionGaps(scope), loadWatched()])
  const href = (path: string) => `/api/policies/collection?path=${encodeURIComponent(path)}`
  return (
    <>
      <Section
        title="What hosts send"
        description="Against what is needed to baseline use and to watch a block. Files below close the gaps."
        actions={
          <DownloadLink href="/api/policies/collection" icon={<Download aria-hidden />}>
            Download all files
          </DownloadLink>
        }
      >
        <GapTable view={view} />
      </Section>
      {view.hosts.length > 0 && <EachHost hosts={view.hosts} request={request} />}
      <h2 className="mb-3 font-semibold text-title">Turn auditing on</h2>
      {AUDIT_CONFIGS.map(({ id, label, about, write, deploy, verify }) => (
        <Section key={id} id={id} title={label} description={about}>
          <ExportFiles
            files={write(watched).map((file) => ({
              ...file,
              name: file.name.slice(file.name.lastIndexOf('/') + 1),
              href: href(`audit/${file.name}`),
            }))}
          />
          <HowTo deploy={deploy} verify={verify} />
        </Section>
      ))}
      <h2 className="mb-3 font-semibold text-title">Ask what has the logs already</h2>
      {COLLECTION_SOURCES.map((source) => (
        <Section key={source.id} id={source.id} title={`${source.label} (${source.language})`}>
          <ExportFiles
            files={source
              .queries(watched, DAYS)
              .map((query) => ({ ...query, href: href(`collect/${source.id}/${query.name}`) }))}
          />
          <div className="mt-3 grid gap-6 lg:grid-cols-2">
            <Steps title="Run" steps={source.run} />
            <Steps title="Where it cuts answers off" steps={source.caps} />
          </div>
        </Section>
      ))}
    </>
  )
}

type EachHostProps = { hosts: readonly SendingHost[]; request: ReturnType<typeof parseSendingRequest> }

function EachHost({ hosts, request }: EachHostProps) {
  const { rows, total } = pageOfHosts(hosts, request)
  const groups = [...new Set(hosts.flatMap(({ group }) => group ?? []))].sort()
  return (
    <Section title="Each host" description="Which file turns on what a host does not send.">
      <FilterBar
        searchLabel="Search host names"
        filters={[
          {
            name: 'missing',
            label: 'Missing',
            options: [
              { value: 'any', label: 'Anything' },
              { value: 'none', label: 'Nothing' },
              ...EXPECTED_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] })),
            ],
          },
          { name: 'group', label: 'Group', options: groups.map((value) => ({ value, label: value })) },
        ]}
      />
      <HostsTable
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...SENDING_FILTERS]}
      />
    </Section>
  )
}

function HowTo({ deploy, verify }: { deploy: readonly string[]; verify: readonly string[] }) {
  return (
    <Details className="mt-2">
      <summary className="cursor-pointer text-muted">How to deploy and verify it</summary>
      <div className="mt-2 grid gap-6 lg:grid-cols-2">
        <Steps title="Deploy" steps={deploy} />
        <Steps title="Verify" steps={verify} />
      </div>
    </Details>
  )
}
