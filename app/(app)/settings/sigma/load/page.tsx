import type { Metadata } from 'next'
import { Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { listSigmaSets } from '@/lib/store/screens/sigma/rules'
import { LoadRules } from './load-rules'

export const metadata: Metadata = { title: 'Load Sigma rules' }

export default async function LoadSigmaPage() {
  await requireActor('manage-sigma')
  const sets = await listSigmaSets()
  return (
    <Section
      title="Load Sigma rules"
      description="Choose a zip, .yml files, or a folder. You see what is new, changed and refused before anything is loaded. Rules for process creation, image load, network connection and DNS query are taken."
    >
      <LoadRules sets={sets.map(({ name }) => name)} />
    </Section>
  )
}
