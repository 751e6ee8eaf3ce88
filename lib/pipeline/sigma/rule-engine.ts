import { type SigmaFields, Subject } from './check'
import { collectFields, evaluate } from './expression'
import type { SigmaCategory, SigmaHit, SigmaProduct, SigmaRule } from './rule'
import { RuleIndex } from './rule-index'

/** An event as rules see it. */
export type SigmaEvent = { category: SigmaCategory; product: SigmaProduct; fields: SigmaFields }

/** The rules that are hits of an event, by id. */
export type SigmaEngine = {
  rules: number
  /** Fields that any rule looks at; null = one looks at all of them. Events that agree in these have equal hits. */
  asked: ReadonlySet<string> | null
  hits: (event: SigmaEvent) => readonly SigmaHit[]
}

const NO_HITS: readonly SigmaHit[] = []

/** Whether one rule is a hit, asked directly. */
export function isHit(rule: SigmaRule, event: SigmaEvent): boolean {
  return (
    rule.category === event.category &&
    (rule.product === null || rule.product === event.product) &&
    evaluate(rule.expression, new Subject(event.fields)) === true
  )
}

/** Rules behind an index, so that an event asks only those that it could meet. Equal to asking `isHit` of every rule. */
export function compileEngine(rules: readonly SigmaRule[]): SigmaEngine {
  const byLog = new Map<string, { rules: SigmaRule[]; index: RuleIndex }>()
  const sorted = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const logOf = (event: SigmaEvent) => {
    const key = `${event.category} ${event.product}`
    const known = byLog.get(key)
    if (known !== undefined) return known
    const own = sorted.filter(
      ({ category, product }) =>
        category === event.category && (product === null || product === event.product),
    )
    const log = { rules: own, index: new RuleIndex(own.map(({ expression }) => expression)) }
    byLog.set(key, log)
    return log
  }
  const asked = new Set<string | null>()
  for (const { expression } of rules) collectFields(expression, asked)
  return {
    rules: rules.length,
    asked: asked.has(null) ? null : (asked as Set<string>),
    hits: (event) => {
      const log = logOf(event)
      if (log.rules.length === 0) return NO_HITS
      const subject = new Subject(event.fields)
      const met = [...log.index.candidates(subject)]
        .sort((a, b) => a - b)
        .flatMap((position) => log.rules[position] ?? [])
        .filter(({ expression }) => evaluate(expression, subject) === true)
      return met.map(({ id, level }) => ({ id, level }))
    },
  }
}
