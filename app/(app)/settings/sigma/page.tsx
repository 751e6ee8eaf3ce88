import type { Metadata } from 'next'
import { FilterBar } from '@/components/table/filter-bar'
import { countOf } from '@/components/ui/numbers'
import { requireActor } from '@/lib/access/current-actor'
import { SIGMA_CATEGORIES, SIGMA_LEVELS } from '@/lib/pipeline/sigma/rule'
import { listSigmaRules, listSigmaSets, SIGMA_FILTERS, SIGMA_SORTS } from '@/lib/store/screens/sigma/rules'
import { parseTableRequest, type SearchParams } from '@/lib/store/screens/table-request'
import { RulesTable } from './rules-table'

export const metadata: Metadata = { title: 'Sigma rules' }

export default async function SigmaPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { scope } = await requireActor('manage-sigma')
  const request = parseTableRequest(await searchParams, {
    sorts: SIGMA_SORTS,
    defaultSort: 'hits',
    filters: SIGMA_FILTERS,
  })
  const [{ rows, total }, sets] = await Promise.all([listSigmaRules(scope, request), listSigmaSets()])
  const rules = sets.reduce((sum, set) => sum + set.rules, 0)
  const on = sets.reduce((sum, set) => sum + set.enabled, 0)
  return (
    <>
      <p className="mb-4 max-w-[90ch] text-muted">
        Rules are evaluated on executions of the binaries in the catalogue, past ones too; a hit is a reason
        beside Cordon’s own, and only the highest of several counts.{' '}
        {rules > 0 && `${countOf(rules, 'rule')} in ${countOf(sets.length, 'set')}, ${on} of them on.`}
      </p>
      <FilterBar
        searchLabel="Search titles, descriptions and ids"
        filters={[
          { name: 'level', label: 'Level', options: asOptions(SIGMA_LEVELS.toReversed()) },
          {
            name: 'enabled',
            label: 'Status',
            options: [
              { value: 'on', label: 'On' },
              { value: 'off', label: 'Off' },
            ],
          },
          { name: 'category', label: 'Events', options: asOptions(SIGMA_CATEGORIES) },
          { name: 'set', label: 'Rule set', options: asOptions(sets.map(({ name }) => name)) },
        ]}
      />
      <RulesTable
        rows={rows}
        paging={{ kind: 'offset', page: request.page, pageSize: request.pageSize, total }}
        sort={{ id: request.sort, descending: request.descending }}
        filterNames={[...SIGMA_FILTERS]}
      />
    </>
  )
}

function asOptions(values: readonly string[]): { value: string; label: string }[] {
  return values.map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}
