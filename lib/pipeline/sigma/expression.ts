import { type Check, checkCost, runCheck, type Subject, type Truth } from './check'

/**
 * What a rule asks, in three values: what an event does not report is unknown, and a rule is a hit only if it is true whatever the unknown
 * would be (Kleene's logic).
 */
export type Expression =
  | { kind: 'all' | 'any'; of: readonly Expression[] }
  | { kind: 'not'; of: Expression }
  | { kind: 'check'; check: Check }

export function all(of: readonly Expression[]): Expression {
  return combined('all', of)
}

export function any(of: readonly Expression[]): Expression {
  return combined('any', of)
}

/** Cheap questions first: the answer does not depend on the order. */
function combined(kind: 'all' | 'any', of: readonly Expression[]): Expression {
  const [only] = of
  if (only !== undefined && of.length === 1) return only
  return { kind, of: of.toSorted((a, b) => costOf(a) - costOf(b)) }
}

const costs = new WeakMap<Expression, number>()

/** Rough work of answering, in comparisons. */
export function costOf(expression: Expression): number {
  if (expression.kind === 'check') return checkCost(expression.check)
  const known = costs.get(expression)
  if (known !== undefined) return known
  const cost =
    expression.kind === 'not'
      ? costOf(expression.of)
      : expression.of.reduce((sum, one) => sum + costOf(one), 0)
  costs.set(expression, cost)
  return cost
}

export function evaluate(expression: Expression, subject: Subject): Truth {
  if (expression.kind === 'check') return runCheck(expression.check, subject)
  if (expression.kind === 'not') {
    const truth = evaluate(expression.of, subject)
    return truth === null ? null : !truth
  }
  const decisive = expression.kind === 'any'
  let truth: Truth = !decisive
  for (const one of expression.of) {
    const answer = evaluate(one, subject)
    if (answer === decisive) return decisive
    if (answer === null) truth = null
  }
  return truth
}

/** Adds the fields that an expression looks at; null is any of them. */
export function collectFields(expression: Expression, into: Set<string | null>): void {
  if (expression.kind === 'check') {
    const { field, matcher } = expression.check
    if (field !== undefined) into.add(field)
    if (matcher.kind === 'field') into.add(matcher.other)
  } else if (expression.kind === 'not') collectFields(expression.of, into)
  else for (const one of expression.of) collectFields(one, into)
}

/** Whether any event could make it true, or false: checks of fields that no event has cannot be either. */
export function possible(expression: Expression, wanted: boolean): boolean {
  switch (expression.kind) {
    case 'check':
      return expression.check.field !== undefined
    case 'not':
      return possible(expression.of, !wanted)
    default:
      return (expression.kind === 'all') === wanted
        ? expression.of.every((one) => possible(one, wanted))
        : expression.of.some((one) => possible(one, wanted))
  }
}
