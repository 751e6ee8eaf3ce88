import type { Metadata } from 'next'
import { Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { findDataSpan } from '@/lib/store/screens/data-window'
import { importViewer } from '@/lib/store/screens/imports'
import { findPendingWork } from '@/lib/store/screens/overview/work'
import { readThreshold } from '@/lib/store/screens/threshold'
import { readTuning } from '@/lib/store/screens/tuning'
import { ThresholdProposal } from '../../deviations/threshold-proposal'
import { bitsText, dayRateText } from '../../deviations/threshold-words'
import { WorkLine } from '../../overview/work-line'
import { SettingsHistory } from './settings-history'
import { TuningForm } from './tuning-form'

export const metadata: Metadata = { title: 'Tuning' }

export default async function TuningPage() {
  const actor = await requireActor('manage-settings')
  const [{ settings, spans, changes }, threshold, span, work] = await Promise.all([
    readTuning(),
    readThreshold(),
    findDataSpan(actor.scope),
    findPendingWork(importViewer(actor)),
  ])
  return (
    <>
      <WorkLine work={work} />
      <Section
        title="What is shown"
        description="The score from which open deviations are shown. It follows recent quiet days by itself, but only downwards; a rise takes an administrator. Scores and what is learned do not depend on it."
      >
        <p className="mb-2">
          {threshold === null
            ? 'Nothing was calibrated yet: everything that deviates is shown.'
            : `From ${bitsText(threshold.millibits)}, by ${threshold.quietDays} quiet days up to ${threshold.throughDay}${
                threshold.expectedPerDay === null
                  ? ': too few of them to say how many new items a day that is.'
                  : `: about ${dayRateText(threshold.expectedPerDay)} new items a day.`
              }`}
        </p>
        {threshold !== null && threshold.proposal !== null && (
          <ThresholdProposal id={threshold.id} proposal={threshold.proposal} mayTune />
        )}
      </Section>
      <TuningForm key={JSON.stringify(settings)} settings={settings} newestDay={span?.to ?? null} />
      <div className="mt-8">
        <SettingsHistory spans={spans} changes={changes} />
      </div>
    </>
  )
}
