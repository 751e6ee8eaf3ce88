import { countOf, formatNumber } from '@/components/ui/numbers'
import type { TakeBackPreview } from '@/lib/store/screens/take-back-preview'

const LIST = new Intl.ListFormat('en-GB')

/** The same of one of which everything is gone but hosts. */
export const FORGETTING =
  'What it brought is gone. What is left is to forget hosts of which nothing remains, unless somebody grouped, merged or ruled on them.'

/** What people are told before an import is taken back: what goes, what follows, and what stays. */
export function takeBackWords(preview: TakeBackPreview): string[] {
  const { hosts, judged, handedOver, keptFrom } = preview
  return [
    goesWords(preview),
    hosts > 0 &&
      `${countOf(hosts, 'host')} ${hosts === 1 ? 'is' : 'are each'} computed anew, from the first day of which something goes.`,
    emptiedWords(preview),
    handedOver > 0 &&
      `${countOf(handedOver, 'record')} that another import told as well ${handedOver === 1 ? 'stays, as its' : 'stay, as theirs'}.`,
    judged > 0 &&
      `${countOf(judged, 'deviation')} that people judged or wrote of may lose ${judged === 1 ? 'its' : 'their'} hits and leave the queue; ${judged === 1 ? 'its page' : 'their pages'}, what people wrote and what was ruled stay.`,
    keptFrom !== null &&
      `Of days before ${keptFrom} events are no longer kept: what was computed of them stays as it is.`,
    !preview.whole &&
      'It was read before Cordon noted where each process came from: processes of other programs, which telemetry arrived, and what other imports told again cannot be told apart and stay as they are.',
  ].filter((line) => line !== false)
}

function goesWords({ executions, processes, events, attempts }: TakeBackPreview): string {
  const going = [
    processes > 0 &&
      countOf(processes, 'process creation') + (executions > 0 ? ` (${ofThem(executions)})` : ''),
    events > 0 && countOf(events, 'other event'),
    attempts > 0 && countOf(attempts, 'attempt'),
  ].filter((one) => one !== false)
  if (going.length === 0) return 'Nothing that is stored is its own: no event goes.'
  return `What goes, with its original records: ${LIST.format(going)}.`
}

function ofThem(executions: number): string {
  return `${countOf(executions, 'execution')} of proxy binaries`
}

function emptiedWords({ emptied, emptiedNames }: TakeBackPreview): string | false {
  if (emptied === 0) return false
  const more = emptied - emptiedNames.length
  const names = emptiedNames.join(', ') + (more > 0 ? ` and ${formatNumber(more)} more` : '')
  return `Nothing is left of ${countOf(emptied, 'host')} (${names}), which ${emptied === 1 ? 'goes' : 'go'} too unless somebody grouped, merged or ruled on ${emptied === 1 ? 'it' : 'them'}.`
}
