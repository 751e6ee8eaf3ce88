import type { Metadata } from 'next'
import { Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { readDecisionSettings } from '@/lib/store/screens/decision/form'
import { DecisionSettingsForm } from './decision-settings-form'

export const metadata: Metadata = { title: 'Decisions' }

export default async function DecisionSettingsPage() {
  await requireActor('manage-settings')
  const { twoForFleet } = await readDecisionSettings()
  return (
    <Section
      title="Approvals"
      description="Nobody approves what they proposed. A second approval is for blocks that concern every host; what waits now follows the change."
    >
      <DecisionSettingsForm twoForFleet={twoForFleet} />
    </Section>
  )
}
