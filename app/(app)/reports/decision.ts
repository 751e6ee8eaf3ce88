import {
  evidenceWords,
  frozenWhen,
  replayInWords,
  suggestionsInWords,
  termsInWords,
  widerEvidenceInWords,
} from '@/app/(app)/decisions/[id]/decision-words'
import { exceptionNames } from '@/app/(app)/decisions/[id]/exception-names'
import { whatOf } from '@/app/(app)/decisions/[id]/exception-table'
import { CHANGE_WORDS, notesOf } from '@/app/(app)/decisions/[id]/history-list'
import { EXCEPTION_KINDS } from '@/components/decision/block-words'
import { formatNumber } from '@/components/ui/numbers'
import { formatMinute } from '@/components/ui/time-format'
import type { Scope } from '@/lib/pipeline/actor'
import { compareEvidence, type Evidence, type Listed } from '@/lib/pipeline/decision/evidence'
import { decisionSentence } from '@/lib/pipeline/decision/words'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import type { Report, ReportPart, ReportSection } from '@/lib/pipeline/export/report/report'
import type { Judge } from '@/lib/store/screens/decision/awaiting'
import { type DecisionDetail, loadDecision } from '@/lib/store/screens/decision/detail'
import { loadInterruption } from '@/lib/store/screens/decision/interruption'
import { asOf, cut, tableSection } from './report-words'

/** Everything that a decision rests on, to defend it later; null = there is none of the id, or none that the reader may see. */
export async function loadDecisionReport(
  scope: Scope,
  now: Date,
  id: number,
  judge: Judge | null,
): Promise<Report | null> {
  const decision = await loadDecision(scope, id, judge)
  if (decision === null) return null
  const names = await exceptionNames(scope, decision.exceptions)
  return {
    title: `Decision ${decision.id}: ${decision.binary}`,
    lines: [
      `${decisionSentence({ ...decision, exceptions: decision.exceptions.length })}.`,
      asOf(now, scope),
    ],
    sections: [
      termsSection(decision),
      exceptionsSection(decision, names),
      ...(await interruptionSections(decision, scope)),
      ...suggestionSections(decision),
      evidenceSection(decision),
      ...topSections(decision.evidence ?? decision.now),
      rolloutSection(decision),
      historySection(decision),
    ],
  }
}

function termsSection(decision: DecisionDetail): ReportSection {
  const rows = [
    ['Why', decision.justification || 'not said yet'],
    ...termsInWords(decision, formatMinute).map(({ label, value }) => [label, value ?? 'none']),
    ['Comment', decision.comment ?? 'none'],
    ['Ticket', decision.ticket ?? 'none'],
  ]
  return tableSection('What was decided', {
    label: 'Terms of the decision',
    columns: [
      { label: '', width: 2 },
      { label: 'What it says', width: 9 },
    ],
    rows,
    none: '',
  })
}

function exceptionsSection(
  { exceptions }: DecisionDetail,
  names: ReadonlyMap<string, string>,
): ReportSection {
  return tableSection('What is spared', {
    label: 'Exceptions',
    columns: [
      { label: 'Spares', width: 2 },
      { label: 'What', width: 6, code: true },
      { label: 'Why', width: 5 },
      { label: 'Last day', width: 2 },
    ],
    rows: exceptions.map((one) => [
      EXCEPTION_KINDS[one.kind],
      cut(whatOf(one, names)),
      one.reason,
      one.until ?? 'as long as it',
    ]),
    none: 'Nothing is spared.',
  })
}

function evidenceSection(decision: DecisionDetail): ReportSection {
  const { evidence, now, visible, changes, concerns } = decision
  if (!visible)
    return {
      title: 'Evidence',
      parts: [
        { kind: 'text', text: 'It speaks of hosts that its reader may not see: their numbers are left out.' },
      ],
    }
  const notes: ReportPart[] = [...changes, ...concerns].map(({ words }) => ({
    kind: 'text',
    text: `• ${words}`,
  }))
  const when = frozenWhen(decision)
  const wider = widerEvidenceInWords(decision)
  return {
    title: `Evidence, when it was ${when} and now`,
    parts: [
      ...(wider === null ? [] : [{ kind: 'text' as const, text: wider }]),
      {
        kind: 'table',
        label: 'Evidence then and now',
        columns: [
          { label: '', width: 5 },
          { label: `When ${when}`, width: 3, align: 'right' },
          { label: 'Now', width: 3, align: 'right' },
        ],
        rows: compareEvidence(evidence, now).map((row) => [
          row.label,
          evidenceWords(row, row.frozen),
          evidenceWords(row, row.now),
        ]),
        none: '',
      },
      ...notes,
    ],
  }
}

async function interruptionSections(decision: DecisionDetail, scope: Scope): Promise<ReportSection[]> {
  const interrupted = await loadInterruption(decision, scope)
  if (!interrupted?.replayed) return []
  const text = `Replayed over everything stored today. ${replayInWords(interrupted.replayed.replay)}`
  return [{ title: 'What it would interrupt', parts: [{ kind: 'text', text }] }]
}

function suggestionSections(decision: DecisionDetail): ReportSection[] {
  const parts: ReportPart[] = suggestionsInWords(decision).map((text) => ({ kind: 'text', text }))
  return parts.length === 0 ? [] : [{ title: 'What the numbers suggest (no part of the proposal)', parts }]
}

const TOP = 10

function topSections(evidence: Evidence | null): ReportSection[] {
  if (evidence === null) return []
  const table = (title: string, listed: readonly Listed[]) =>
    tableSection(title, {
      label: title,
      columns: [
        { label: 'Name', width: 9, code: true },
        { label: 'Executions', width: 2, align: 'right' },
        { label: 'Hosts', width: 2, align: 'right' },
      ],
      rows: listed
        .slice(0, TOP)
        .map(({ name, executions, hosts }) => [cut(name), formatNumber(executions), formatNumber(hosts)]),
      none: 'None.',
    })
  return [
    table('Command patterns most used', evidence.topPatterns),
    table(
      'Parents most frequent',
      evidence.topParents.map((one) => ({ ...one, name: parentWords(one.name) })),
    ),
  ]
}

function rolloutSection({ rings, verdict }: DecisionDetail): ReportSection {
  return {
    title: 'Rollout',
    parts: [
      {
        kind: 'table',
        label: 'Rings',
        columns: [
          { label: 'Ring', width: 3 },
          { label: 'Hosts', width: 6 },
          { label: 'State', width: 2 },
        ],
        rows: rings.map(({ name, groups, state }) => [
          name,
          groups.length === 0
            ? 'everything in scope that no other ring takes'
            : groups.map((one) => one.name).join(', '),
          state,
        ]),
        none: verdict === 'required' ? 'Nothing is blocked.' : 'No ring is named yet.',
      },
    ],
  }
}

function historySection({ history }: DecisionDetail): ReportSection {
  return tableSection('History', {
    label: 'What was done to it, newest first',
    columns: [
      { label: 'When', whole: true, width: 4 },
      { label: 'Who', width: 3 },
      { label: 'What', width: 8 },
    ],
    rows: history.map(({ at, actor, action, detail }) => [
      formatMinute(at),
      actor,
      [CHANGE_WORDS[action] ?? action, ...notesOf(detail)].join(': '),
    ]),
    none: 'Nobody did anything about it yet.',
  })
}
