import type { Deployment } from '../deployment'
import { entryConditions, type PlacedBlock } from '../placed-block'
import { stableId } from '../stable-id'
import { inertText } from '../text/inert-text'
import { jsonText } from '../text/json-text'
import { ruleDescription, ruleName } from '../text/rule-name'
import type { ExportFile, PolicyWriter } from './policy'

/** Any product that takes conditions on parent, arguments and user: the whole decision, described for whoever writes its rule. */
export const EDR: PolicyWriter = {
  control: 'edr',
  refuses: () => null,
  leavesOut: ({ entry, exceptions }) => [
    ...(exceptions.some(({ kind }) => kind === 'pattern')
      ? [
          'Patterns are written as Cordon reads command lines: <…> and * stand for what differs between runs. Translate them for your product, and try them against the page of the binary.',
        ]
      : []),
    ...(entry.kind === 'library'
      ? [
          `Goes by which file a process loads: check that your product refuses loads. Where it only reports them, decide on the program that loads ${entry.name}.`,
        ]
      : []),
    ...(entry.kind === 'script'
      ? [`Goes by the command line that names ${entry.name}: a copy under another name still runs.`]
      : []),
  ],
  blocksBesides: ({ entry }) => [
    ...(entry.kind === 'library'
      ? [`Every program that loads ${entry.name}, whatever it was started for.`]
      : []),
    ...(entry.kind === 'script'
      ? [`Every program that is given the name ${entry.name}, an editor among them.`]
      : []),
  ],
  write: (deployment) => [describe(deployment)],
  undo: (deployment) => ({
    name: `${deployment.slug}/undo.json`,
    about: 'The ids of the rules to remove.',
    text: jsonText({ remove: deployment.blocks.map(idOf) }),
  }),
  deploy: [
    'Write a custom rule of your product from each entry of rules.json; keep its id in the rule’s description, so that undo finds it.',
    'Start with detect only, then prevent.',
  ],
  verify: [
    'Start the binary in a way that is not spared, on a test host: the product reports it with the rule’s name.',
  ],
}

/** Of a decision on one of its rings, which may audit while another enforces; the rule stays the same when that ring is enforced. */
function idOf({ decisionId, position }: PlacedBlock): string {
  return stableId('edr', decisionId, position)
}

function describe(deployment: Deployment): ExportFile {
  const rules = deployment.blocks.map((approved) => {
    const { effect, entry, exceptions } = approved
    const spared = (kind: 'parent' | 'pattern' | 'user') =>
      exceptions.flatMap((one) =>
        one.kind === kind ? [{ [kind]: one.value, reason: inertText(one.reason), until: one.until }] : [],
      )
    return {
      id: idOf(approved),
      name: ruleName(approved),
      description: ruleDescription(approved),
      platform: entry.platform,
      action:
        deployment.mode === 'audit' ? 'detect' : effect === 'network' ? 'deny-network' : 'deny-execution',
      match: {
        anyOf: entryConditions(entry),
        caseSensitive: false,
      },
      unless: { anyOf: [...spared('parent'), ...spared('pattern'), ...spared('user')] },
    }
  })
  return {
    name: `${deployment.slug}/rules.json`,
    about: 'Each decision as conditions: what to match, what to spare.',
    text: jsonText({ hosts: deployment.label, mode: deployment.mode, rules }),
  }
}
