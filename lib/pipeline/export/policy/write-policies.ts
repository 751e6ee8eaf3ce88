import { sha256 } from '@/lib/pipeline/hash'
import { type ApprovedBlock, type DecisionSet, exceptionWords, type PlaceNames } from '../approved-block'
import { type Deployment, ownExceptions, toDeployments } from '../deployment'
import { inertText } from '../text/inert-text'
import type { ControlPolicies, ExportFile, Limit, Policy, PolicyWriter, WrittenFile } from './policy'
import { POLICY_WRITERS } from './registry'

/** What decisions become for every control, in the order of the registry. The same decisions give the same bytes, in whatever order they come. */
export function writePolicies(decisions: DecisionSet): ControlPolicies[] {
  return POLICY_WRITERS.map((writer) => writeFor(writer, decisions))
}

/**
 * What decisions become for one control. An enforced policy never holds a block whose exceptions the control cannot say: it would block what the
 * decision spares. While auditing nothing is interrupted, so there it stays, and is said to report more than the decision means.
 */
function writeFor(writer: PolicyWriter, { blocks, names }: DecisionSet): ControlPolicies {
  const limits: Limit[] = []
  const carried: ApprovedBlock[] = []
  for (const approved of blocks.toSorted(byDecision)) {
    const { decisionId } = approved
    const refusal = writer.refuses(approved)
    if (refusal !== null) {
      limits.push({ decisionId, kind: 'refused', text: refusal })
      continue
    }
    const unsaid = unsaidExceptions(writer, approved, names)
    if (unsaid.length > 0 && approved.mode === 'enforce') {
      limits.push({ decisionId, kind: 'held-back', text: heldBack(unsaid) })
      continue
    }
    carried.push(approved)
    limits.push(...limitsOf(writer, approved, unsaid))
  }
  const { control, label, deploy, verify } = writer
  const policies = toDeployments(control, carried, names).map((deployment) => toPolicy(writer, deployment))
  return { control, label, deploy, verify, policies, limits: withoutRepeats(limits) }
}

function byDecision(a: ApprovedBlock, b: ApprovedBlock): number {
  return a.decisionId - b.decisionId || (a.mode < b.mode ? -1 : 1)
}

function unsaidExceptions(writer: PolicyWriter, approved: ApprovedBlock, names: PlaceNames): string[] {
  return ownExceptions(approved)
    .filter(({ kind }) => !writer.says.includes(kind))
    .map((exception) => inertText(exceptionWords(exception, names)))
}

function heldBack(unsaid: readonly string[]): string {
  return `Not in the enforced policy: it cannot spare ${unsaid.join(', ')}, and would block that too. Take those hosts out of the scope, or let a control that can say it carry this out.`
}

function limitsOf(writer: PolicyWriter, approved: ApprovedBlock, unsaid: readonly string[]): Limit[] {
  const { decisionId } = approved
  const texts = (kind: Limit['kind'], found: readonly string[]) =>
    found.map((text) => ({ decisionId, kind, text }))
  return [
    ...texts('left-out', [
      ...unsaid.map(
        (what) => `Reports ${what} as well, which the decision spares: the control cannot say it.`,
      ),
      ...writer.leavesOut(approved),
    ]),
    ...texts('blocks-besides', writer.blocksBesides(approved)),
  ]
}

/** A decision that audits here and enforces there has each limit once. */
function withoutRepeats(limits: readonly Limit[]): Limit[] {
  return [...new Map(limits.map((limit) => [JSON.stringify(limit), limit])).values()]
}

function toPolicy(writer: PolicyWriter, deployment: Deployment): Policy {
  const { blocks, place: _place, ...rest } = deployment
  return {
    ...rest,
    decisionIds: [...new Set(blocks.map(({ decisionId }) => decisionId))],
    files: writer.write(deployment).map(hashed),
    undo: hashed(writer.undo(deployment)),
  }
}

function hashed(file: ExportFile): WrittenFile {
  return { ...file, sha256: sha256(file.text) }
}
