'use client'

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { answerOf } from '@/components/ui/action-answer'
import { Button, IconButton } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useToast } from '@/components/ui/toast'
import { useAction } from '@/components/ui/use-action'
import type { RulesEffect } from '@/lib/pipeline/baseline/group-rules'
import type { GroupRuleRow, HostGroupRow } from '@/lib/store/screens/host-groups'
import { changeRulesAction, previewRulesAction } from './actions'

/** `id`: of this form's row only. */
type Rule = { id: number; pattern: string; groupId: string }

type NameRulesProps = { rules: readonly GroupRuleRow[]; groups: readonly HostGroupRow[]; today: string }

/** The ordered list of name patterns; which hosts each would take is shown before it is saved. */
export function NameRules({ rules: inForce, groups, today }: NameRulesProps) {
  const [rules, setRules] = useState<readonly Rule[]>(() => toRules(inForce))
  const [from, setFrom] = useState('')
  const [preview, setPreview] = useState<{ of: string; effect: RulesEffect } | null>(null)
  const { run, busy } = useAction()
  const toast = useToast()
  const key = JSON.stringify(rules)
  const effect = preview?.of === key ? preview.effect : null
  const list = () => rules.map(({ pattern, groupId }) => ({ pattern, groupId: Number(groupId) }))
  const look = async () => {
    const answer = await answerOf(() => previewRulesAction(list()))
    if (answer.ok) setPreview({ of: key, effect: answer.value })
    else toast(answer.message, 'bad')
  }
  const save = () =>
    run(
      () =>
        changeRulesAction({
          rules: list(),
          from: from === '' ? null : from,
          read: inForce.map(({ pattern, groupId }) => ({ pattern, groupId })),
        }),
      'The name patterns were changed.',
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void look()
      }}
    >
      {rules.length === 0 && <NoRule hasGroups={groups.length > 0} />}
      <ol className="mb-2 space-y-2">
        {rules.map((rule, index) => (
          <li key={rule.id} className="flex flex-wrap items-start gap-2">
            <RuleFields
              rule={rule}
              place={index + 1}
              groups={groups}
              onChange={(part) => setRules(rules.with(index, { ...rule, ...part }))}
            />
            <IconButton
              label={`Pattern ${index + 1} earlier`}
              icon={<ArrowUp aria-hidden />}
              disabled={index === 0}
              onClick={() => setRules(swapped(rules, index - 1))}
            />
            <IconButton
              label={`Pattern ${index + 1} later`}
              icon={<ArrowDown aria-hidden />}
              disabled={index === rules.length - 1}
              onClick={() => setRules(swapped(rules, index))}
            />
            <IconButton
              label={`Remove pattern ${index + 1}`}
              icon={<X aria-hidden />}
              onClick={() => setRules(rules.filter((_, at) => at !== index))}
            />
            {effect !== null && <RuleEffect effect={effect.rules[index]} />}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-end gap-2">
        <Button
          disabled={groups.length === 0}
          onClick={() => setRules([...rules, { id: nextId(rules), pattern: '', groupId: '' }])}
        >
          <Plus aria-hidden />
          Add a pattern
        </Button>
        <SelectField
          label="Holds from"
          className="w-56"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
          options={[
            { value: '', label: 'every day on record' },
            { value: today, label: 'today on' },
          ]}
        />
        <Button type="submit">Show the hosts</Button>
        <Button variant="primary" busy={busy} disabled={effect === null} onClick={() => void save()}>
          Save the patterns
        </Button>
        <p className="text-muted text-small" role="status">
          {effect === null ? 'See which hosts fit before saving.' : effectWords(effect)}
        </p>
      </div>
    </form>
  )
}

type RuleFieldsProps = {
  rule: Rule
  /** From 1. */
  place: number
  groups: readonly HostGroupRow[]
  onChange: (part: Partial<Rule>) => void
}

function RuleFields({ rule, place, groups, onChange }: RuleFieldsProps) {
  return (
    <>
      <TextField
        label={`Pattern ${place}`}
        labelHidden
        required
        maxLength={253}
        placeholder="ws-*"
        className="w-56"
        value={rule.pattern}
        onChange={(event) => onChange({ pattern: event.target.value })}
      />
      <SelectField
        label={`Pattern ${place} puts hosts into`}
        labelHidden
        required
        className="w-56"
        value={rule.groupId}
        onChange={(event) => onChange({ groupId: event.target.value })}
        options={[
          { value: '', label: 'Choose a group', disabled: true },
          ...groups.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
    </>
  )
}

function NoRule({ hasGroups }: { hasGroups: boolean }) {
  return (
    <p className="mb-2 rounded border px-3 py-4 text-muted">
      {hasGroups
        ? 'No pattern: hosts are in a group only by hand. With one, new hosts join by themselves.'
        : 'Make a group first, then say which names belong to it.'}
    </p>
  )
}

function RuleEffect({ effect }: { effect: RulesEffect['rules'][number] | undefined }) {
  if (effect === undefined) return null
  const { hosts, names, taken } = effect
  return (
    <p className="min-w-0 flex-1 basis-72 py-1 text-muted">
      {countOf(hosts, 'host')}
      {hosts > 0 && `: ${names.join(', ')}${hosts > names.length ? ' …' : ''}`}
      {taken > 0 && ` (${countOf(taken, 'more')} fit, but belong to an earlier pattern)`}
    </p>
  )
}

function effectWords({ byHand, unplaced }: RulesEffect): string {
  return `${countOf(unplaced, 'host')} fit no pattern; ${countOf(byHand, 'host')} that fit were placed by hand and stay. Scores are computed again.`
}

function toRules(inForce: readonly GroupRuleRow[]): Rule[] {
  return inForce.map(({ pattern, groupId }, id) => ({ id, pattern, groupId: String(groupId) }))
}

function nextId(rules: readonly Rule[]): number {
  return Math.max(-1, ...rules.map(({ id }) => id)) + 1
}

/** The rule at `index` after the one that follows it. */
function swapped(rules: readonly Rule[], index: number): Rule[] {
  const [one, next] = [rules[index], rules[index + 1]]
  if (one === undefined || next === undefined) return [...rules]
  return rules.map((rule, at) => (at === index ? next : at === index + 1 ? one : rule))
}
