'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { breakGlassAction, findHostsAction, findUseAction } from '@/app/(app)/decisions/actions'
import { HostsField } from '@/app/(app)/decisions/hosts-field'
import { splitNames, unknownHostsWords } from '@/components/decision/scope-words'
import type { ActionAnswer } from '@/components/ui/action-answer'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogForm } from '@/components/ui/dialog-form'
import { useDraft } from '@/components/ui/drafts'
import { Radio, SelectField, TextareaField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useAction } from '@/components/ui/use-action'
import { useAnswer } from '@/components/ui/use-answer'
import type { BlockEffect, Control, DecisionScope } from '@/lib/pipeline/decision/block'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import { earlierWords, spanWords, type UseSeen } from '@/lib/pipeline/decision/evidence'
import { firstNames } from '@/lib/pipeline/decision/first-names'
import { EMERGENCY_HOURS } from '@/lib/pipeline/decision/states'

const WAYS: readonly { value: string; effect: BlockEffect; control: Control }[] = (
  [
    ['execution', 'edr'],
    ['execution', 'app-control'],
    ['execution', 'applocker'],
    ['execution', 'santa'],
    ['network', 'firewall'],
    ['network', 'edr'],
  ] as const
).map(([effect, control]) => ({ value: `${effect} ${control}`, effect, control }))

const FLEET: DecisionScope = { kind: 'fleet' }
/** Hosts that its message names; more are counted. */
const NAMED = 5

type EmergencyButtonProps = {
  slug: string
  name: string
  mayFleet: boolean
  /** Names of the hosts that are chosen first, where some are meant. */
  hosts?: readonly string[]
}

/** Breaks the glass: a block in an incident, before anybody approved it. */
export function EmergencyButton(props: EmergencyButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Emergency block…</Button>
      {open && <EmergencyDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function EmergencyDialog({
  slug,
  name,
  mayFleet,
  hosts: meant = [],
  onClose,
}: EmergencyButtonProps & { onClose: () => void }) {
  const router = useRouter()
  const { run, busy } = useAction()
  const use = useAnswer(slug, () => findUseAction(slug), true)
  const [way, setWay] = useState(WAYS[0]?.value ?? '')
  const [kind, setKind] = useState<'fleet' | 'hosts'>(mayFleet && meant.length === 0 ? 'fleet' : 'hosts')
  const [hosts, setHosts] = useState(meant.join(', '))
  const { text: reason, setText: setReason, discard } = useDraft(`emergency ${slug}`)
  const title = `Block ${name} in an emergency`
  const block = async (): Promise<ActionAnswer<number>> => {
    const chosen = WAYS.find(({ value }) => value === way)
    if (!chosen) return { ok: false, message: 'Choose how.' }
    const scope = kind === 'fleet' ? FLEET : await toScope(hosts)
    if (typeof scope === 'string') return { ok: false, message: scope }
    const { effect, control } = chosen
    return await breakGlassAction({ slug, effect, control, scope, reason })
  }
  const submit = async () => {
    const answer = await run(
      block,
      'Written down: it waits for a manager, and lapses without one.',
      `${title} on ${kind === 'fleet' ? 'the whole fleet' : firstNames(splitNames(hosts), NAMED)}`,
    )
    if (!answer.ok) return
    discard()
    router.push(`/decisions/${answer.value}`)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={`It is in force from now on without an approval. Within ${EMERGENCY_HOURS} hours a manager approves it, or it lapses. Cordon writes it down; the control has to be set on the hosts.`}
    >
      <DialogForm label="Block it now" variant="danger" busy={busy} onSubmit={submit} onCancel={onClose}>
        <p aria-live="polite" className="font-medium">
          {toSentence(use, name)}
        </p>
        <SelectField
          label="How"
          value={way}
          onChange={(event) => setWay(event.target.value)}
          options={WAYS.map(({ value, effect, control }) => ({
            value,
            label: `${effect === 'network' ? 'Cut its network' : 'Refuse to start it'} – ${CONTROL_FACTS[control].name}`,
          }))}
        />
        <fieldset className="space-y-2">
          <legend className="mb-1 font-medium">Where</legend>
          {mayFleet && (
            <div className="flex flex-wrap gap-4">
              {(['fleet', 'hosts'] as const).map((one) => (
                <Radio
                  key={one}
                  name="emergency scope"
                  label={one === 'fleet' ? 'The whole fleet' : 'Single hosts'}
                  checked={kind === one}
                  onChange={() => setKind(one)}
                />
              ))}
            </div>
          )}
          {kind === 'hosts' && <HostsField names={hosts} onChange={setHosts} />}
        </fieldset>
        <TextareaField
          label="Why"
          required
          maxLength={4000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </DialogForm>
    </Dialog>
  )
}

/** Whom a block meets: how much a binary ran on the hosts in sight. */
function toSentence(answer: ActionAnswer<UseSeen | null> | null, name: string): string {
  if (answer === null) return 'Looking at who uses it…'
  if (!answer.ok) return answer.message
  const use = answer.value
  if (use === null) return `There is no telemetry: nobody knows what needs ${name}.`
  const seen =
    use.executions === 0
      ? `${name} was not seen on any host${spanWords(use)}.`
      : `${name} ran ${countOf(use.executions, 'time')} on ${countOf(use.hosts, 'host')}${spanWords(use)}: a block meets that use as well.`
  return `${seen}${earlierWords(use)}`
}

/** The scope that names mean; a sentence where they mean none. */
async function toScope(text: string): Promise<DecisionScope | string> {
  const names = splitNames(text)
  if (names.length === 0) return 'Choose the hosts.'
  const found = await findHostsAction(names)
  if (!found.ok) return found.message
  const { ids, unknown } = found.value
  return unknown.length === 0 ? { kind: 'hosts', ids } : unknownHostsWords(unknown)
}
