import type { BlockEffect, Control } from './block'
import { CONTROL_FACTS } from './controls'
import { counted } from './counted'
import type { Verdict } from './states'

/** What an effect does. */
export const EFFECT_WORDS: Readonly<Record<BlockEffect, { label: string; hint: string }>> = {
  reassociate: {
    label: 'Re-associate its file type',
    hint: 'A double click opens a text editor; the binary itself still runs',
  },
  network: {
    label: 'Cut its network',
    hint: 'It still runs; its own connections are refused',
  },
  execution: { label: 'Refuse to start it', hint: 'It does not run at all' },
  remove: { label: 'Remove the feature', hint: 'The feature it belongs to is uninstalled' },
}

export const VERDICT_WORDS: Readonly<Record<Verdict, { label: string; hint: string }>> = {
  'safe-to-block': { label: 'Safe to block', hint: 'Nothing normal here needs it' },
  restrict: {
    label: 'Restrict',
    hint: 'Needed in known ways only: block it except for them, or cut its network',
  },
  disable: { label: 'Disable', hint: 'Remove its feature, or open its files with something harmless' },
  required: { label: 'Required', hint: 'Normal work here needs it' },
  emergency: {
    label: 'Emergency block',
    hint: 'Blocked in an incident; whether normal work here needs it was not looked at',
  },
}

const SENTENCES: Readonly<Record<BlockEffect, (binary: string) => string>> = {
  reassociate: (binary) => `Open the files of ${binary} with something harmless`,
  network: (binary) => `Cut the network of ${binary}`,
  execution: (binary) => `Refuse to start ${binary}`,
  remove: (binary) => `Remove the feature of ${binary}`,
}

export type SentenceInput = {
  binary: string
  verdict: Verdict
  effect: BlockEffect | null
  control: Control | null
  /** 'the whole fleet', 'Kiosks, Tills', '3 hosts' */
  where: string
  exceptions: number
}

/** A decision in one sentence, without its full stop. */
export function decisionSentence({
  binary,
  verdict,
  effect,
  control,
  where,
  exceptions,
}: SentenceInput): string {
  if (verdict === 'required') return `Keep ${binary} allowed on ${where}`
  if (effect === null) return `Block ${binary} on ${where}`
  const does = SENTENCES[effect](binary)
  const by = control === null ? '' : ` by ${CONTROL_FACTS[control].name}`
  const but = exceptions === 0 ? '' : `, with ${counted(exceptions, 'exception')}`
  return `${does} on ${where}${by}${but}`
}
