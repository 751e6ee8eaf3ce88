import { z } from 'zod'
import { hash64 } from '@/lib/pipeline/hash'
import { storableText } from '@/lib/pipeline/storable-text'
import { type Condition, parseCondition } from './condition'
import { FieldsAsked, readDetection } from './detection'
import { all, any, costOf, type Expression, possible } from './expression'
import {
  RuleProblem,
  SIGMA_CATEGORIES,
  SIGMA_LEVELS,
  SIGMA_PRODUCTS,
  type SigmaCategory,
  type SigmaProduct,
  type SigmaRule,
} from './rule'

const MAX_LIST = 200
/** Comparisons that answering a rule may take: the longest published ones stay below a tenth of it. */
const MAX_COST = 20_000

const text = (max: number) => z.string().trim().max(max)
const texts = z
  .union([text(4096), z.array(text(4096)).max(MAX_LIST)])
  .nullish()
  .transform((value) => [value ?? []].flat().filter((one) => one !== ''))
const day = z
  .string()
  .nullish()
  .transform((value) => /^\d{4}[-/]\d{2}[-/]\d{2}/.exec(value ?? '')?.[0].replaceAll('/', '-') ?? null)

const schema = z.object({
  title: text(256).min(1),
  id: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,64}$/, 'must be letters, digits, dots and dashes')
    .nullish(),
  level: z.enum(SIGMA_LEVELS).nullish(),
  status: text(40).nullish(),
  taxonomy: text(80).nullish(),
  description: text(65_535).nullish(),
  author: text(4096).nullish(),
  references: texts,
  tags: texts,
  date: day,
  modified: day,
  logsource: z.object({
    category: text(80).nullish(),
    product: text(80).nullish(),
    service: text(80).nullish(),
  }),
  detection: z.record(z.string(), z.unknown()),
})

/** What rules without a level count as. */
const DEFAULT_LEVEL = 'medium'

/** A rule from the values of its YAML document. @throws RuleProblem with the first thing that is wrong or not supported */
export function readRule(document: unknown): SigmaRule {
  const read = schema.safeParse(document)
  if (!read.success) throw new RuleProblem(explain(read.error))
  const { title, id, date, modified, logsource, detection, ...rest } = read.data
  refuseStorable(document)
  refuseStatus(rest.status ?? null, rest.taxonomy ?? null)
  const category = readCategory(logsource)
  const fields = new FieldsAsked(category)
  const expression = readExpression(detection, fields)
  const unknownFields = [...fields.unknown]
  if (!possible(expression, true))
    throw new RuleProblem(
      `It can never be a hit: it asks for ${unknownFields.join(', ')}, which Cordon does not store.`,
    )
  return {
    id: id?.toLowerCase() ?? `title-${hash64('sigma', title)}`,
    title,
    level: rest.level ?? DEFAULT_LEVEL,
    status: rest.status ?? null,
    category,
    product: readProduct(logsource.product ?? null),
    description: rest.description ?? '',
    author: rest.author ?? '',
    references: rest.references,
    tags: rest.tags,
    modified: modified ?? date,
    expression,
    unknownFields,
  }
}

function explain(error: z.ZodError): string {
  const [issue] = error.issues
  const where = issue?.path.join('.') || 'rule'
  return `It is not in the form of a Sigma rule: ${where}: ${issue?.message ?? ''}.`.replace('..', '.')
}

/** What the database could not give back as it was. */
function refuseStorable(document: unknown): void {
  // JSON writes NUL and half characters as escapes; a real backslash comes out doubled
  const written = JSON.stringify(document, (_, value) =>
    typeof value === 'string' && storableText(value) !== value ? '\u0000' : value,
  )
  if (written.includes('"\\u0000"')) throw new RuleProblem('It holds NUL or half of a character.')
}

function refuseStatus(status: string | null, taxonomy: string | null): void {
  if (status === 'deprecated') throw new RuleProblem('Its authors replaced it: the status is deprecated.')
  if (status === 'unsupported')
    throw new RuleProblem('Its authors say that it cannot be used: the status is unsupported.')
  if (taxonomy !== null && taxonomy !== 'sigma')
    throw new RuleProblem(`Its field names are of the taxonomy ${taxonomy}: only sigma is supported.`)
}

type LogSource = z.infer<typeof schema>['logsource']

function readCategory({ category, service }: LogSource): SigmaCategory {
  const known = SIGMA_CATEGORIES.find((one) => one === category?.toLowerCase())
  if (known === undefined)
    throw new RuleProblem(
      `It is for ${category ? `events of the category ${category}` : `the log ${service ?? '(none named)'}`}: Cordon evaluates ${SIGMA_CATEGORIES.join(', ')}.`,
    )
  if (service)
    throw new RuleProblem(`It is for the log ${service} only: rules for a category alone are supported.`)
  return known
}

function readProduct(product: string | null): SigmaProduct | null {
  if (product === null) return null
  const known = SIGMA_PRODUCTS.find((one) => one === product.toLowerCase())
  if (known === undefined)
    throw new RuleProblem(`It is for ${product}: Cordon watches binaries of ${SIGMA_PRODUCTS.join(' and ')}.`)
  return known
}

function readExpression(detection: Record<string, unknown>, fields: FieldsAsked): Expression {
  const { condition, timeframe, ...identifiers } = detection
  if (timeframe !== undefined && timeframe !== null)
    throw new RuleProblem('It looks at a time frame: only single events are evaluated.')
  const read = new Map(
    Object.entries(identifiers).map(([name, value]) => [
      name,
      named(name, () => readDetection(value, fields)),
    ]),
  )
  const written = Array.isArray(condition) ? condition : [condition]
  if (written.length === 0 || !written.every((one) => typeof one === 'string'))
    throw new RuleProblem('It has no condition.')
  const expression = any(written.map((one) => resolve(parsed(one), read)))
  if (costOf(expression) > MAX_COST) throw new RuleProblem('It makes too many comparisons.')
  return expression
}

/** Says in which search identifier something is wrong. */
function named<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RuleProblem)) throw error
    throw new RuleProblem(`${name.slice(0, 60)}: ${error.message}`, { cause: error })
  }
}

function parsed(text: string): Condition {
  const { condition, problem } = parseCondition(text)
  if (condition === null) throw new RuleProblem(problem)
  return condition
}

function resolve(condition: Condition, identifiers: ReadonlyMap<string, Expression>): Expression {
  switch (condition.kind) {
    case 'and':
      return all(condition.of.map((one) => resolve(one, identifiers)))
    case 'or':
      return any(condition.of.map((one) => resolve(one, identifiers)))
    case 'not':
      return { kind: 'not', of: resolve(condition.of, identifiers) }
    case 'identifier': {
      const expression = identifiers.get(condition.name)
      if (expression !== undefined) return expression
      throw new RuleProblem(
        `The condition names ${condition.name.slice(0, 60)}, which is not in the detection.`,
      )
    }
    case 'selector': {
      const chosen = select(condition.pattern, identifiers)
      return condition.count === 'all' ? all(chosen) : any(chosen)
    }
  }
}

function select(pattern: string | null, identifiers: ReadonlyMap<string, Expression>): Expression[] {
  const chosen = [...identifiers].filter(([name]) =>
    pattern === null ? !name.startsWith('_') : fits(pattern, name),
  )
  if (chosen.length === 0)
    throw new RuleProblem(`The condition asks for ${pattern ?? 'them'}, and the detection has none.`)
  return chosen.map(([, expression]) => expression)
}

/** `*` stands for any characters; identifiers have no other wildcards. */
function fits(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return name === pattern
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last))
    return false
  let from = first.length
  for (const part of rest) {
    const at = name.indexOf(part, from)
    if (at < 0 || at + part.length > name.length - last.length) return false
    from = at + part.length
  }
  return true
}
