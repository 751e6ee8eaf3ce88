import { Section } from '@/components/ui/page-header'
import type { Scope } from '@/lib/pipeline/actor'
import { findProcessActions } from '@/lib/store/screens/executions/actions'
import { AROUND_MINUTES, findAround } from '@/lib/store/screens/executions/around'
import { type Execution, findOriginal } from '@/lib/store/screens/executions/find-execution'
import { findLineage } from '@/lib/store/screens/executions/lineage'
import { AroundTable } from './around-table'
import { LineageTree } from './lineage-tree'
import { ProcessActionSection } from './process-actions'
import { RawEvent } from './raw-event'
import { RecordFields } from './record-fields'
import { SENSOR_LABELS } from './sensor-labels'

/** What ran around an execution, what it did, and the records that say so. */
export async function ProcessStory({ scope, execution }: { scope: Scope; execution: Execution }) {
  const { records } = execution
  const [first] = records
  // GUIDs lead further than process numbers, which are used again
  const traced = records.find(({ parentGuid }) => parentGuid !== null) ?? first
  const [lineage, actions, around, originals] = await Promise.all([
    findLineage(scope, traced),
    findProcessActions(scope, records),
    findAround(scope, traced.key, traced.pid),
    Promise.all(records.map((record) => findOriginal(scope, record))),
  ])
  return (
    <>
      <Section
        title="Lineage"
        description="From every process creation that is kept, whether of a proxy binary or not."
      >
        <LineageTree record={traced} lineage={lineage} />
      </Section>
      <ProcessActionSection actions={actions} />
      <Section
        title="On the host around it"
        description={`Every process creation that is kept from ${AROUND_MINUTES} minutes before to ${AROUND_MINUTES} minutes after.`}
      >
        <AroundTable record={traced} around={around} />
      </Section>
      {records.map((record, index) => (
        <Section
          key={`${record.sensor} ${record.key.id}`}
          title={records.length === 1 ? 'Record' : `Record of ${SENSOR_LABELS[record.sensor]}`}
          {...(index > 0 && { description: 'The same process, reported by another sensor.' })}
        >
          <RecordFields record={record} />
          <RawEvent text={originals[index] ?? null} />
        </Section>
      ))}
    </>
  )
}
