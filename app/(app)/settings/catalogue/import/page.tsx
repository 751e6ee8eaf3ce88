import type { Metadata } from 'next'
import { Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { LolbasImport } from './lolbas-import'

export const metadata: Metadata = { title: 'Import from LOLBAS' }

export default async function LolbasImportPage() {
  await requireActor('manage-catalogue')
  return (
    <Section
      title="Import from LOLBAS"
      description="Choose the project’s lolbas.json, one of its YAML files, or a zip of its yml folder. You see what is new before anything is added; new entries are optional and start turned off."
    >
      <LolbasImport />
    </Section>
  )
}
