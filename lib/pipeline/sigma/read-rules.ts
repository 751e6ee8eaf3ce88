import { readYaml } from '@/lib/pipeline/parse/yaml'
import { readRule } from './read-rule'
import { RuleProblem, type SigmaRule } from './rule'

/** Published rules are below 60 kB. */
export const MAX_RULE_CHARACTERS = 256 * 1024
/** Published rules nest six levels, each up to three deep in the syntax tree. */
const MAX_DEPTH = 60
const MAX_DOCUMENTS = 500

/** `document`: the values it was read from, with what a global document adds. */
export type ReadRule = { rule: SigmaRule; document: Readonly<Record<string, unknown>> }
export type RefusedRule = { title: string | null; reason: string }
export type ReadRules = { rules: readonly ReadRule[]; refused: readonly RefusedRule[] }

type Values = Record<string, unknown>

/**
 * Reads a file of Sigma rules, one a YAML document. `action: global` lends its values to the documents after it. What cannot be taken is
 * refused with its reason, a sentence; nothing throws.
 */
export function readRules(written: string): ReadRules {
  const refusal = (reason: string) => ({ rules: [], refused: [{ title: null, reason }] })
  if (written.length > MAX_RULE_CHARACTERS) return refusal('The file is larger than 256 KiB.')
  const { values, problem } = readYaml(written.replace(/^\ufeff/, ''), MAX_DEPTH)
  if (values === null) return refusal(`The file ${problem}.`)
  if (values.length > MAX_DOCUMENTS) return refusal(`The file holds more than ${MAX_DOCUMENTS} documents.`)
  const rules: ReadRule[] = []
  const refused: RefusedRule[] = []
  let global: Values = {}
  for (const value of values.filter((one) => one !== null)) {
    if (isMap(value) && value['action'] === 'global') global = without(value)
    else readInto(rules, refused, value, global)
  }
  return rules.length + refused.length > 0 ? { rules, refused } : refusal('The file holds no Sigma rule.')
}

function readInto(rules: ReadRule[], refused: RefusedRule[], value: unknown, global: Values): void {
  const title = isMap(value) && typeof value['title'] === 'string' ? value['title'].slice(0, 256) : null
  try {
    if (!isMap(value)) throw new RuleProblem('It is not a map of a rule’s values.')
    refuseKind(value)
    const document = merge(global, value)
    rules.push({ rule: readRule(document), document })
  } catch (error) {
    if (!(error instanceof RuleProblem)) throw error
    refused.push({ title, reason: error.message })
  }
}

function refuseKind(value: Values): void {
  if (value['correlation'] !== undefined)
    throw new RuleProblem('It is a correlation of several events: not supported.')
  if (value['filter'] !== undefined) throw new RuleProblem('It is a filter for other rules: not supported.')
  if (value['action'] !== undefined)
    throw new RuleProblem(
      `It uses action: ${String(value['action']).slice(0, 40)}: only global is supported.`,
    )
}

/** Values of the document over those of the global one; maps of both are joined. */
function merge(global: Values, own: Values): Values {
  const merged: Values = { ...global, ...own }
  for (const [key, value] of Object.entries(own)) {
    const shared = global[key]
    if (isMap(shared) && isMap(value)) merged[key] = { ...shared, ...value }
  }
  return merged
}

function without({ action: _action, ...rest }: Values): Values {
  return rest
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
