import { RuleProblem } from './rule'

/** What the names after a field's `|` ask for, sorted out. */
export type Modifiers = {
  /** Applied to each value, in the order written. */
  steps: readonly Step[]
  /** How the value is understood. */
  type: 'text' | 're' | 'cidr' | 'exists' | 'fieldref' | NumberOrder
  /** Where in the field a text may lie; only for field references, texts take it as wildcards. */
  place: Place | null
  regexFlags: string
  /** All values must fit, not one of them. */
  all: boolean
  cased: boolean
  /** None of the values may fit. */
  negated: boolean
}

export type NumberOrder = 'lt' | 'lte' | 'gt' | 'gte'
export type Place = 'contains' | 'startswith' | 'endswith'
export type Step = Place | 'windash' | 'base64' | 'base64offset' | 'utf16le' | 'utf16be' | 'utf16'

const STEPS: ReadonlyMap<string, Step> = new Map([
  ['contains', 'contains'],
  ['startswith', 'startswith'],
  ['endswith', 'endswith'],
  ['windash', 'windash'],
  ['base64', 'base64'],
  ['base64offset', 'base64offset'],
  ['wide', 'utf16le'],
  ['utf16le', 'utf16le'],
  ['utf16be', 'utf16be'],
  ['utf16', 'utf16'],
])
const TYPES = new Set(['re', 'cidr', 'exists', 'fieldref', 'lt', 'lte', 'gt', 'gte'])
const REGEX_FLAGS = new Set(['i', 'm', 's'])
const FLAGS = { all: 'all', cased: 'cased', neq: 'negated' } as const
const TIMES = new Set(['minute', 'hour', 'day', 'week', 'month', 'year'])

/** @throws RuleProblem naming the modifier that is unknown, out of place or not supported */
export function readModifiers(names: readonly string[]): Modifiers {
  const found: Modifiers & { steps: Step[] } = {
    steps: [],
    type: 'text',
    place: null,
    regexFlags: '',
    all: false,
    cased: false,
    negated: false,
  }
  for (const written of names) addModifier(found, written.trim().toLowerCase())
  if (found.type === 'fieldref') takePlace(found)
  if (found.type !== 'text' && found.steps.length > 0)
    throw new RuleProblem(`The modifier ${found.type} does not go with ${found.steps.join(' and ')}.`)
  return found
}

function addModifier(found: Modifiers & { steps: Step[] }, name: string): void {
  const step = STEPS.get(name)
  if (step !== undefined) found.steps.push(step)
  else if (name in FLAGS) found[FLAGS[name as keyof typeof FLAGS]] = true
  else if (REGEX_FLAGS.has(name) && found.type === 're') found.regexFlags += name
  else if (TYPES.has(name)) {
    if (found.type !== 'text')
      throw new RuleProblem(`The modifiers ${found.type} and ${name} exclude each other.`)
    found.type = name as Modifiers['type']
  } else throw new RuleProblem(refusal(name))
}

/** Field references are compared as they are: a place is no wildcard. */
function takePlace(found: Modifiers & { steps: Step[] }): void {
  const [step, ...more] = found.steps
  if (step === undefined) return
  if (more.length > 0 || (step !== 'contains' && step !== 'startswith' && step !== 'endswith'))
    throw new RuleProblem(`The modifier fieldref does not go with ${found.steps.join(' and ')}.`)
  found.place = step
  found.steps = []
}

function refusal(name: string): string {
  if (name === 'expand')
    return 'The modifier expand asks for values from elsewhere (placeholders): not supported.'
  if (TIMES.has(name)) return `The modifier ${name} asks for the time of day or year: not supported.`
  if (REGEX_FLAGS.has(name)) return `The modifier ${name} goes with re, after it.`
  return `The modifier ${name.slice(0, 40) || '(empty)'} is not known.`
}
