import type { ApprovedBlock } from '@/lib/pipeline/decision/approved-block'
import { CONTROL_FACTS, refusalOf } from '@/lib/pipeline/decision/controls'
import { sha256 } from '@/lib/pipeline/hash'
import { type Deployment, ownExceptions, toDeployments } from '../deployment'
import {
  type DecisionSet,
  exceptionWords,
  type PlacedBlock,
  type PlaceNames,
  placeBlock,
} from '../placed-block'
import { inertText } from '../text/inert-text'
import type { ControlPolicies, ExportFile, Limit, Policy, PolicyWriter, WrittenFile } from './policy'
import { POLICY_WRITERS } from './registry'

/** What decisions become for every control, in the order of the registry. The same decisions give the same bytes, in whatever order they come. */
export function writePolicies({ blocks, names }: DecisionSet): ControlPolicies[] {
  const sorted = blocks.toSorted((a, b) => a.decisionId - b.decisionId)
  return POLICY_WRITERS.map((writer) =>
    writeFor(
      writer,
      sorted.filter(({ control }) => control === writer.control),
      names,
    ),
  )
}

/**
 * What decisions become for their control. An enforced policy never holds a block whose exceptions the control cannot say: it would block what the
 * decision spares. While auditing nothing is interrupted, so there it stays, and is said to report more than the decision means. Where a host cannot
 * audit one rule and enforce another, what is to be audited is left out.
 */
function writeFor(
  writer: PolicyWriter,
  approved: readonly ApprovedBlock[],
  names: PlaceNames,
): ControlPolicies {
  const judged = withoutMixedModes(
    writer,
    approved.map((one) => judge(writer, one, names)),
  )
  const carried = judged.flatMap(({ placed }) => placed)
  const { control, deploy, verify } = writer
  return {
    control,
    label: CONTROL_FACTS[control].name,
    deploy,
    verify,
    decisionIds: approved.map(({ decisionId }) => decisionId),
    policies: toDeployments(control, carried, names).map((deployment) => toPolicy(writer, deployment)),
    limits: withoutRepeats(judged.flatMap(({ limits }) => limits)),
  }
}

type Judged = { placed: readonly PlacedBlock[]; limits: readonly Limit[] }

function judge(writer: PolicyWriter, approved: ApprovedBlock, names: PlaceNames): Judged {
  const { decisionId } = approved
  const stopped = (kind: Limit['kind'], text: string): Judged => ({
    placed: [],
    limits: [{ decisionId, kind, text }],
  })
  const refusal =
    refusalOf(approved.effect, writer.control, approved.entry) ??
    writer.refuses(approved.entry, approved.effect)
  if (refusal !== null) return stopped('refused', inertText(refusal))
  const placed = placeBlock(approved)
  if (placed.length === 0)
    return stopped(
      'waiting',
      'No ring is audited or enforced yet: start its audit on the page of the decision; the files are written from then on.',
    )
  const each = placed.map((block) => judgePlaced(writer, block, names))
  return { placed: each.flatMap((one) => one.placed), limits: each.flatMap(({ limits }) => limits) }
}

function judgePlaced(writer: PolicyWriter, block: PlacedBlock, names: PlaceNames): Judged {
  const { decisionId, mode } = block
  const facts = CONTROL_FACTS[writer.control]
  const limit = (kind: Limit['kind']) => (text: string) => ({ decisionId, kind, text: inertText(text) })
  if (mode === 'audit' && !facts.auditMode)
    return {
      placed: [],
      limits: [
        limit('waiting')(
          `${facts.name} has no audit mode: there is nothing to write until the ring is enforced.`,
        ),
      ],
    }
  const unsaid = ownExceptions(block)
    .filter(({ kind }) => facts.exceptions[kind] !== 'yes')
    .map((exception) => exceptionWords(exception, names))
  if (unsaid.length > 0 && mode === 'enforce')
    return { placed: [], limits: [limit('held-back')(heldBack(unsaid))] }
  return {
    placed: [block],
    limits: [
      ...unsaid.map((what) =>
        limit('left-out')(`Reports ${what} as well, which the decision spares: this control cannot say it.`),
      ),
      ...writer.leavesOut(block).map(limit('left-out')),
      ...writer.blocksBesides(block).map(limit('blocks-besides')),
    ],
  }
}

function heldBack(unsaid: readonly string[]): string {
  return `Not in the enforced policy, which cannot spare ${unsaid.join(', ')} and would block that too. Take those hosts out of the scope, or decide on a control that can say it.`
}

/** Without audits on hosts that enforce rules of the same kind: those would be enforced as well. */
function withoutMixedModes(writer: PolicyWriter, judged: readonly Judged[]): readonly Judged[] {
  const { sharedMode } = writer
  if (sharedMode === undefined) return judged
  const enforced = judged.flatMap(({ placed }) => placed.filter(({ mode }) => mode === 'enforce'))
  const enforcedBeside = ({ entry, hosts }: PlacedBlock) => {
    const ids = new Set(hosts.map(({ id }) => id))
    const beside = enforced.filter(
      (other) => sharedMode(other.entry) === sharedMode(entry) && other.hosts.some(({ id }) => ids.has(id)),
    )
    return [...new Set(beside.map(({ decisionId }) => decisionId))]
  }
  return judged.map(({ placed, limits }) => {
    const mixed = placed.filter((block) => block.mode === 'audit' && enforcedBeside(block).length > 0)
    const more = mixed.map((block): Limit => {
      const text = inertText(mixedModes(writer, block, enforcedBeside(block)))
      return { decisionId: block.decisionId, kind: 'held-back', text }
    })
    return { placed: placed.filter((block) => !mixed.includes(block)), limits: [...limits, ...more] }
  })
}

function mixedModes(
  { control }: PolicyWriter,
  { ring }: PlacedBlock,
  decisionIds: readonly number[],
): string {
  const where = ring === null ? '' : ` on the ring ${ring}`
  return `Not audited${where}: ${CONTROL_FACTS[control].name} either audits or enforces on a host, and decision ${decisionIds.join(', ')} is enforced on some of the same. It would be enforced too. Audit it with a control whose policies have modes of their own, as App Control for Business.`
}

/** A decision that audits here and enforces there has each limit once. */
function withoutRepeats(limits: readonly Limit[]): Limit[] {
  return [...new Map(limits.map((limit) => [JSON.stringify(limit), limit])).values()]
}

function toPolicy(writer: PolicyWriter, deployment: Deployment): Policy {
  const { blocks, hosts, ...rest } = deployment
  return {
    ...rest,
    decisionIds: [...new Set(blocks.map(({ decisionId }) => decisionId))],
    hosts: hosts.map(({ name }) => inertText(name)),
    files: writer.write(deployment).map(hashed),
    undo: hashed(writer.undo(deployment)),
  }
}

function hashed(file: ExportFile): WrittenFile {
  return { ...file, sha256: sha256(file.text) }
}
