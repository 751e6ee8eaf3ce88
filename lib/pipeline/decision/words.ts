import type { BlockEffect, Control } from './block'
import type { Verdict } from './states'

/** What an effect does, as a verb before the binary's name. */
export const EFFECT_WORDS: Readonly<Record<BlockEffect, { label: string; verb: string; hint: string }>> = {
  reassociate: {
    label: 'Re-associate its file type',
    verb: 'Open the files of',
    hint: 'A double click opens a text editor; the binary itself still runs',
  },
  network: {
    label: 'Cut its network',
    verb: 'Cut the network of',
    hint: 'It still runs; its own connections are refused',
  },
  execution: { label: 'Refuse to start it', verb: 'Refuse to start', hint: 'It does not run at all' },
  remove: { label: 'Remove the feature', verb: 'Remove', hint: 'The feature it belongs to is uninstalled' },
}

export const CONTROL_WORDS: Readonly<Record<Control, string>> = {
  'app-control': 'App Control for Business',
  applocker: 'AppLocker',
  asr: 'Defender attack surface reduction',
  firewall: 'Windows Firewall',
  santa: 'Santa',
  disable: 'System configuration',
  edr: 'An EDR product',
}

/** Controls that can carry out an effect, the usual one first. */
export const CONTROLS_FOR: Readonly<Record<BlockEffect, readonly Control[]>> = {
  reassociate: ['disable'],
  network: ['firewall', 'edr'],
  execution: ['app-control', 'applocker', 'asr', 'santa', 'edr'],
  remove: ['disable'],
}

export const VERDICT_WORDS: Readonly<Record<Verdict, { label: string; hint: string }>> = {
  'safe-to-block': { label: 'Safe to block', hint: 'Nothing normal here needs it' },
  restrict: {
    label: 'Restrict',
    hint: 'Needed in known ways only: block it except for them, or cut its network',
  },
  disable: { label: 'Disable', hint: 'Remove its feature, or open its files with something harmless' },
  required: { label: 'Required', hint: 'Normal work here needs it' },
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
  const does =
    effect === 'reassociate'
      ? `Open the files of ${binary} with something harmless`
      : effect === 'remove'
        ? `Remove the feature of ${binary}`
        : `${EFFECT_WORDS[effect].verb} ${binary}`
  const by = control === null ? '' : ` by ${CONTROL_WORDS[control]}`
  const but = exceptions === 0 ? '' : `, with ${exceptions} ${exceptions === 1 ? 'exception' : 'exceptions'}`
  return `${does} on ${where}${by}${but}`
}
