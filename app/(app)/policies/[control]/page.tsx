import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Section } from '@/components/ui/page-header'
import { CONTROLS } from '@/lib/pipeline/decision/block'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import { policiesToday } from '../policies-today'
import { Steps } from '../steps'
import { LimitTable } from './limit-table'
import { PolicySection } from './policy-section'

type Params = { params: Promise<{ control: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const asked = (await params).control
  const known = CONTROLS.find((one) => one === asked)
  return { title: known === undefined ? 'Policies' : CONTROL_FACTS[known].name }
}

export default async function ControlPage({ params }: Params) {
  const { control } = await params
  const { controls, decisions } = await policiesToday()
  const found = controls.find((one) => one.control === control)
  if (found === undefined) notFound()
  return (
    <>
      {found.policies.map((policy) => (
        <PolicySection key={policy.id} control={found.control} policy={policy} decisions={decisions} />
      ))}
      {found.policies.length === 0 && (
        <p className="mb-8 rounded border px-3 py-4 text-muted">
          {found.decisionIds.length === 0
            ? `No decision is carried out by ${CONTROL_FACTS[found.control].name}.`
            : 'None of its decisions can be written yet: the table says why.'}
        </p>
      )}
      {found.decisionIds.length > 0 && (
        <Section
          title="What it does not say of the decisions"
          description="Each control sees less than a decision can say. An enforced policy never holds a decision that spares what the control cannot tell apart."
        >
          <LimitTable limits={found.limits} decisions={decisions} />
        </Section>
      )}
      <div className="grid gap-6 lg:grid-cols-2">
        <Steps title="Deploy" steps={found.deploy} />
        <Steps title="Verify" steps={found.verify} />
      </div>
    </>
  )
}
