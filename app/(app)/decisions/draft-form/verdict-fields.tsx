'use client'

import { SelectField } from '@/components/ui/field'
import { type BlockEffect, CONTROLS, type Control } from '@/lib/pipeline/decision/block'
import { type BlockedEntry, CONTROL_FACTS, refusalOf } from '@/lib/pipeline/decision/controls'
import { CHOSEN_VERDICTS, type Verdict } from '@/lib/pipeline/decision/states'
import { EFFECTS_OF } from '@/lib/pipeline/decision/terms'
import { EFFECT_WORDS, VERDICT_WORDS } from '@/lib/pipeline/decision/words'
import { type DraftValues, fittingEffect } from './draft-values'

type VerdictFieldsProps = {
  entry: BlockedEntry
  values: DraftValues
  set: (change: Partial<DraftValues>) => void
}

/** Controls that can have an effect on a binary, the usual one first. */
export function controlsFor(effect: BlockEffect | null, entry: BlockedEntry): Control[] {
  return effect === null ? [] : CONTROLS.filter((control) => refusalOf(effect, control, entry) === null)
}

/** Blocked or not, how, and by which control; what the control leaves out is said at once. */
export function VerdictFields({ entry, values, set }: VerdictFieldsProps) {
  const { verdict, effect, control } = values
  const choose = (next: Verdict, wanted: BlockEffect | null) => {
    const fitting = fittingEffect(next, wanted)
    const controls = controlsFor(fitting, entry)
    set({
      verdict: next,
      effect: fitting,
      control: control !== null && controls.includes(control) ? control : (controls[0] ?? null),
    })
  }
  return (
    <div className="space-y-3">
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 font-semibold text-heading">Verdict</legend>
        {CHOSEN_VERDICTS.map((one) => (
          <label key={one} className="inline-flex items-baseline gap-2">
            <input
              type="radio"
              name="verdict"
              value={one}
              required
              checked={verdict === one}
              onChange={() => choose(one, effect)}
              className="size-3.5 shrink-0 self-center accent-(--accent-fill)"
            />
            <span>
              {VERDICT_WORDS[one].label}{' '}
              <span className="text-muted">– {VERDICT_WORDS[one].hint.toLowerCase()}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {verdict !== null && verdict !== 'required' && (
        <div className="grid gap-3 sm:grid-cols-2">
          <SelectField
            label="What it does"
            value={effect ?? ''}
            onChange={(event) => choose(verdict, event.target.value as BlockEffect)}
            options={EFFECTS_OF[verdict].map((one) => ({ value: one, label: EFFECT_WORDS[one].label }))}
            hint={effect === null ? undefined : `${EFFECT_WORDS[effect].hint}.`}
          />
          <ControlField entry={entry} values={values} set={set} />
        </div>
      )}
    </div>
  )
}

function ControlField({ entry, values: { effect, control }, set }: VerdictFieldsProps) {
  const controls = controlsFor(effect, entry)
  if (controls.length === 0)
    return (
      <p className="text-warn">
        No control that Cordon knows can do this to {entry.name}. Choose another effect.
      </p>
    )
  return (
    <div>
      <SelectField
        label="Carried out by"
        value={control ?? ''}
        onChange={(event) => set({ control: event.target.value as Control })}
        options={controls.map((one) => ({ value: one, label: CONTROL_FACTS[one].name }))}
      />
      {control !== null && (
        <ul className="mt-1 list-disc pl-4 text-muted text-small">
          {CONTROL_FACTS[control].cautions.map((caution) => (
            <li key={caution}>{caution}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
