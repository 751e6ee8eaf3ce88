import type { ApprovedBlock, BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { BlockException } from '@/lib/pipeline/decision/block'
import { stableId } from '../stable-id'
import { inertText } from '../text/inert-text'
import type { DetectionRule, Spared } from './detection'
import { parentFileName, toKnownUse } from './known-use'

/** One way in which hosts normally use a binary: who starts it, as what, and some of the command lines. */
export type BaselineUse = { parent: string | null; pattern: string | null; commandLines: readonly string[] }

/** What is normal for one binary on all hosts in sight. */
export type FleetBaseline = { entry: BlockedEntry; uses: readonly BaselineUse[] }

/**
 * "This binary outside its baseline parents and patterns". A command line that no text tells makes the rule judge by parents alone;
 * parents that are not reported leave it to command lines.
 */
export function baselineRule({ entry, uses }: FleetBaseline): DetectionRule {
  const parents = unique(uses.flatMap(({ parent }) => (parent === null ? [] : parentFileName(parent))))
  const known = [...examplesByPattern(uses)].map(([pattern, lines]) => toKnownUse(pattern, lines))
  const told = known.filter((use) => use !== null)
  const spared: Spared = {
    ...(parents.length > 0 && { parents }),
    ...(told.length > 0 && told.length === known.length && { uses: told }),
  }
  const judged = ['parents' in spared && 'parents', 'uses' in spared && 'command lines'].filter(
    (one) => one !== false,
  )
  return {
    event: 'process-start',
    id: stableId('detection', 'baseline', entry.slug),
    title: `${inertText(entry.name)} outside its baseline`,
    description: inertText(
      judged.length === 0
        ? `No normal use of ${entry.name} is known on the hosts in sight: every start is a hit.`
        : `${entry.name} started in a way that no host in sight does, by its ${judged.join(' and ')}. ${parents.length} parents and ${known.length} command patterns are known.`,
    ),
    level: 'medium',
    entry,
    spared: judged.length === 0 ? [] : [spared],
  }
}

/**
 * What a decision forbids and does not spare: every hit is a block that did not hold, or would not. A decision that cuts the network forbids
 * connections, not starts; one on a library that it is loaded, which no start tells. `uses`: where examples of spared patterns are found.
 */
export function decisionRule(block: ApprovedBlock, uses: readonly BaselineUse[]): DetectionRule {
  const event = eventOf(block)
  const examples = examplesByPattern(uses)
  const told = (exception: BlockException) =>
    event !== 'process-start' && exception.kind !== 'user' ? null : sparedBy(exception, examples)
  const spared = block.exceptions.flatMap((exception) => told(exception) ?? [])
  const untold = block.exceptions.filter((exception) => told(exception) === null)
  const besides =
    untold.length === 0
      ? ''
      : ` Hits of what it spares otherwise are to be expected: ${untold.map((one) => ('value' in one ? one.value : one.kind)).join(', ')}.`
  const elsewhere =
    block.scope.kind === 'fleet' ? '' : ' It holds on some hosts only: hits on others are to be expected.'
  return {
    event,
    id: stableId('detection', 'decision', block.decisionId),
    title: `${inertText(block.entry.name)} against decision ${block.decisionId}`,
    description: inertText(
      `Decision ${block.decisionId} forbids ${FORBIDDEN[event]} ${block.entry.name}.${event === 'module-load' ? LOADS_RECORDED : ''}${elsewhere}${besides} ${block.justification}`,
    ),
    level: 'high',
    entry: block.entry,
    spared,
  }
}

function eventOf({ effect, entry }: ApprovedBlock): DetectionRule['event'] {
  if (effect === 'network') return 'connection'
  return entry.kind === 'library' ? 'module-load' : 'process-start'
}

const FORBIDDEN: Readonly<Record<DetectionRule['event'], string>> = {
  'process-start': 'this use of',
  'module-load': 'every process to load',
  connection: 'connections of',
}

const LOADS_RECORDED = ' It needs the loads of libraries recorded: event 7 of Sysmon, or those of the agent.'

/** null = a rule over single events cannot tell it: hosts, groups, and patterns without an example. */
function sparedBy(
  exception: BlockException,
  examples: ReadonlyMap<string, readonly string[]>,
): Spared | null {
  if (exception.kind === 'parent') return { parents: [parentFileName(exception.value)] }
  if (exception.kind === 'user') return { users: [exception.value] }
  if (exception.kind !== 'pattern') return null
  const use = toKnownUse(exception.value, examples.get(exception.value) ?? [])
  return use === null ? null : { uses: [use] }
}

function examplesByPattern(uses: readonly BaselineUse[]): Map<string, string[]> {
  const byPattern = new Map<string, string[]>()
  for (const { pattern, commandLines } of uses)
    if (pattern !== null) byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), ...commandLines])
  return new Map([...byPattern].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort()
}
