import { readRules } from './read-rules'
import type { SigmaRule } from './rule'

/** A rule of this project's own for tests: `detection` is YAML, the rest is filled in. */
export function exampleRuleText(detection: string, heading: Readonly<Record<string, string>> = {}): string {
  const { category = 'process_creation', product = 'windows', ...rest } = heading
  const values = { title: 'Example', level: 'high', ...rest }
  return [
    ...Object.entries(values).map(([key, value]) => `${key}: ${value}`),
    'logsource:',
    `  category: ${category}`,
    `  product: ${product}`,
    'detection:',
    ...detection.split('\n').map((line) => `  ${line}`),
  ].join('\n')
}

/** @throws Error with the reason when it is refused */
export function exampleRule(detection: string, heading?: Readonly<Record<string, string>>): SigmaRule {
  const { rules, refused } = readRules(exampleRuleText(detection, heading))
  const [read] = rules
  if (read === undefined) throw new Error(refused[0]?.reason)
  return read.rule
}
