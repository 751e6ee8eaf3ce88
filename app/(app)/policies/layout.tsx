import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { DownloadLink } from '@/components/ui/download-link'
import { formatNumber } from '@/components/ui/numbers'
import { PageHeader } from '@/components/ui/page-header'
import { LinkTabs } from '@/components/ui/tabs'
import type { Control } from '@/lib/pipeline/decision/block'
import { policiesToday } from './policies-today'

/** Short, so that all fit beside each other. */
const TAB_LABELS: Readonly<Record<Control, string>> = {
  'app-control': 'App Control',
  applocker: 'AppLocker',
  asr: 'ASR',
  firewall: 'Firewall',
  santa: 'Santa',
  disable: 'Disabling',
  edr: 'EDR',
}

export default async function PoliciesLayout({ children }: { children: ReactNode }) {
  const { controls, decisions } = await policiesToday()
  const used = controls.filter(({ decisionIds }) => decisionIds.length > 0)
  const tabs = [
    { href: '/policies', label: 'Controls' },
    ...used.map(({ control, decisionIds }) => ({
      href: `/policies/${control}`,
      label: TAB_LABELS[control],
      count: formatNumber(decisionIds.length),
    })),
    { href: '/policies/detections', label: 'Detections' },
    { href: '/policies/collection', label: 'Collection' },
    { href: '/policies/versions', label: 'Versions' },
  ]
  return (
    <>
      <PageHeader
        title="Policies"
        description="What decisions become for each control. Files are made of the decisions as they stand: nothing is sent to a host from here."
        actions={
          decisions.size > 0 && (
            <DownloadLink href="/api/policies/policies" icon={<Download aria-hidden />}>
              Download all
            </DownloadLink>
          )
        }
      />
      <div className="mb-6">
        <LinkTabs label="Policies" tabs={tabs} />
      </div>
      {children}
    </>
  )
}
