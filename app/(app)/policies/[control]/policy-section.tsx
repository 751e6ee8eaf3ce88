import { Badge } from '@/components/ui/badge'
import { countOf } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import type { Control } from '@/lib/pipeline/decision/block'
import type { Policy, WrittenFile } from '@/lib/pipeline/export/policy/policy'
import type { PolicyDecision } from '@/lib/store/screens/policies'
import { ExportFiles, type ShownFile } from '../export-files'
import { DecisionLinks } from './limit-table'

/** Hosts whose names are shown; all are in hosts.txt of the download. */
const MAX_HOSTS = 12

type PolicySectionProps = {
  control: Control
  policy: Policy
  decisions: ReadonlyMap<number, PolicyDecision>
}

/** One policy: for whom, of which decisions, its files and what takes it back. */
export function PolicySection({ control, policy, decisions }: PolicySectionProps) {
  const { label, mode, hosts, files, undo, decisionIds } = policy
  const shown = (file: WrittenFile): ShownFile => ({
    ...file,
    name: file.name.slice(file.name.lastIndexOf('/') + 1),
    href: `/api/policies/policies?path=${encodeURIComponent(`${control}/${file.name}`)}`,
  })
  return (
    <Section
      title={label}
      description={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {mode === 'audit' ? (
            <Badge tone="info" title="Reports what it would block">
              Audit
            </Badge>
          ) : (
            <Badge tone="accent" title="Blocks">
              Enforce
            </Badge>
          )}
          <DecisionLinks ids={decisionIds} decisions={decisions} />
        </span>
      }
    >
      <p className="mb-2 text-muted">{hostWords(hosts)}</p>
      <ExportFiles files={[...files, undo].map(shown)} />
    </Section>
  )
}

function hostWords(hosts: readonly string[]): string {
  if (hosts.length === 0) return 'No host is in it today.'
  const left = hosts.length - MAX_HOSTS
  const names = hosts.slice(0, MAX_HOSTS).join(', ')
  return `${countOf(hosts.length, 'host')} today: ${names}${left > 0 ? ` and ${left} more` : ''}.`
}
