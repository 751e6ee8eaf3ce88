'use client'

import { useState } from 'react'
import { answerOf } from '@/components/ui/action-answer'
import { Button } from '@/components/ui/button'
import { SelectField, TextareaField, TextField } from '@/components/ui/field'
import { Section } from '@/components/ui/page-header'
import { useToast } from '@/components/ui/toast'
import { useAction } from '@/components/ui/use-action'
import type { PreviewOfSettings } from '@/lib/operations/preview-settings'
import { SETTING_BOUNDS } from '@/lib/pipeline/deviation/setting-bounds'
import type { Settings } from '@/lib/store/screens/tuning'
import { changeSettingsAction, previewSettingsAction } from './actions'
import { PreviewPanel } from './preview-panel'
import { RiskWeights } from './risk-weights'
import { type Fields, isSame, toChange, toFields } from './tuning-fields'

type TuningFormProps = { settings: Settings; newestDay: string | null }

/** The settings as fields: what would change is shown on stored history first, and only then saved. */
export function TuningForm({ settings, newestDay }: TuningFormProps) {
  const [fields, setFields] = useState(() => toFields(settings))
  const [preview, setPreview] = useState<{ of: string; effect: PreviewOfSettings } | null>(null)
  const [looking, setLooking] = useState(false)
  const { run, busy } = useAction()
  const toast = useToast()
  const set = (change: Partial<Fields>) => setFields((now) => ({ ...now, ...change }))
  const key = JSON.stringify(fields)
  const previewed = preview?.of === key
  const unchanged = isSame(fields, settings)
  const look = async () => {
    setLooking(true)
    const answer = await answerOf(() => previewSettingsAction(toChange(fields, settings))).finally(() =>
      setLooking(false),
    )
    if (answer.ok) setPreview({ of: key, effect: answer.value })
    else toast(answer.message, 'bad')
  }
  const save = async () => {
    const answer = await run(
      () => changeSettingsAction(toChange(fields, settings)),
      'The settings were changed.',
      'Change how deviations are found, as previewed',
    )
    if (answer.ok) setPreview(null)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void look()
      }}
    >
      <TeamFields fields={fields} set={set} />
      <LearningFields fields={fields} set={set} />
      <OwnDomains fields={fields} set={set} />
      <RiskWeights bits={fields.riskBits} onChange={(riskBits) => set({ riskBits })} />
      <div className="sticky -bottom-4 z-30 -mx-4 flex flex-wrap items-end gap-3 border-t bg-canvas px-4 py-3">
        <SelectField
          label="Scores from"
          className="w-72"
          value={fields.from}
          onChange={(event) => set({ from: event.target.value })}
          options={[
            { value: '', label: 'every day on record' },
            ...(newestDay === null ? [] : [{ value: newestDay, label: `the newest day, ${newestDay}, on` }]),
            { value: 'date', label: 'another day on' },
          ]}
        />
        {fields.from === 'date' && (
          <TextField
            label="First day"
            type="date"
            className="w-40"
            required
            value={fields.date}
            onChange={(event) => set({ date: event.target.value })}
          />
        )}
        <Button type="submit" busy={looking} disabled={unchanged || busy}>
          Show the effect
        </Button>
        <Button variant="primary" busy={busy} disabled={!previewed || unchanged || looking} onClick={save}>
          Save
        </Button>
        {!unchanged && (
          <Button variant="quiet" onClick={() => setFields(toFields(settings))}>
            Reset
          </Button>
        )}
        <p className="text-muted text-small" role="status">
          {hint({ unchanged, previewed, looking })}
        </p>
      </div>
      {preview !== null && previewed && (
        <div className="mt-4">
          <PreviewPanel effect={preview.effect} />
        </div>
      )}
    </form>
  )
}

function hint({
  unchanged,
  previewed,
  looking,
}: Record<'unchanged' | 'previewed' | 'looking', boolean>): string {
  if (looking) return 'Stored history is scored with these settings …'
  if (unchanged) return 'These are the settings in force.'
  return previewed ? 'The effect is shown below; nothing was changed yet.' : 'See the effect before saving.'
}

type PartProps = { fields: Fields; set: (change: Partial<Fields>) => void }

function TeamFields({ fields, set }: PartProps) {
  const { least, most } = SETTING_BOUNDS.itemsADay
  return (
    <Section
      title="The team"
      description="How many new items the queue should bring in a day, over the whole fleet. It selects what is shown first and concerns no score; what scores lower stays one click away."
    >
      <TextField
        label="New items a day"
        type="number"
        required
        min={least}
        max={most}
        className="w-56"
        value={fields.itemsADay}
        onChange={(event) => set({ itemsADay: event.target.value })}
      />
    </Section>
  )
}

function OwnDomains({ fields, set }: PartProps) {
  return (
    <Section
      title="The organisation's own servers"
      description="Addresses and shares below these domains, and connections to them, count as within. Servers below a host's own domain count so without being named, and so do names that no public name server knows."
    >
      <TextareaField
        label="Own domains"
        className="w-96 max-w-full"
        hint="One a line, such as apps.example.com. Not those that anybody can rent a part of."
        value={fields.ownDomains}
        onChange={(event) => set({ ownDomains: event.target.value })}
      />
    </Section>
  )
}

function LearningFields({ fields, set }: PartProps) {
  const { windowDays, halfLifeDays, noveltyShare } = SETTING_BOUNDS
  return (
    <Section
      title="What is usual"
      description="How much of its past a host's baseline learns from, and how much it counts that something is unusual."
    >
      <div className="flex flex-wrap gap-6">
        <TextField
          label="Learning window, days"
          type="number"
          required
          min={windowDays.least}
          max={windowDays.most}
          className="w-56"
          hint="Use before it is forgotten."
          value={fields.windowDays}
          onChange={(event) => set({ windowDays: event.target.value })}
        />
        <TextField
          label="Half-life, days"
          type="number"
          required
          min={halfLifeDays.least}
          max={halfLifeDays.most}
          className="w-56"
          hint="After so many days an hour of use weighs half."
          value={fields.halfLifeDays}
          onChange={(event) => set({ halfLifeDays: event.target.value })}
        />
        <TextField
          label="Weight of the unusual"
          type="number"
          required
          step="0.01"
          min={noveltyShare.least}
          max={noveltyShare.most}
          className="w-56"
          hint="0: only what is risky anywhere counts. 0.3 as shipped."
          value={fields.noveltyShare}
          onChange={(event) => set({ noveltyShare: event.target.value })}
        />
      </div>
    </Section>
  )
}
