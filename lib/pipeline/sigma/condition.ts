/** A condition as written, before its search identifiers are looked up. */
export type Condition =
  | { kind: 'and' | 'or'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'identifier'; name: string }
  /** `1 of x*`, `all of them`: pattern null = them. */
  | { kind: 'selector'; count: 'one' | 'all'; pattern: string | null }

type ParsedCondition = { condition: Condition; problem: null } | { condition: null; problem: string }

const MAX_LENGTH = 8192
const MAX_DEPTH = 40
const TOKEN = /\s*(?:([()|])|([^\s()|]+))/y
const SPECIAL = new Set(['and', 'or', 'not', 'of', '(', ')', '|'])

class Unreadable extends Error {}

/** Reads a condition. Binding from loose to tight: or, and, not, 1 of …, parentheses. Never throws. */
export function parseCondition(text: string): ParsedCondition {
  if (text.length > MAX_LENGTH)
    return { condition: null, problem: `The condition is longer than ${MAX_LENGTH} characters.` }
  try {
    const tokens = tokenise(text)
    if (tokens.includes('|'))
      return {
        condition: null,
        problem: 'It counts events (| in the condition): aggregations are not supported.',
      }
    const reader = new Reader(tokens)
    return { condition: reader.whole(), problem: null }
  } catch (error) {
    if (error instanceof Unreadable) return { condition: null, problem: error.message }
    throw error
  }
}

function tokenise(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const token = match[1] ?? match[2] ?? ''
    tokens.push(SPECIAL.has(token.toLowerCase()) ? token.toLowerCase() : token)
  }
  return tokens
}

class Reader {
  private at = 0
  private depth = 0

  constructor(private readonly tokens: readonly string[]) {}

  whole(): Condition {
    const condition = this.either()
    if (this.at < this.tokens.length)
      throw new Unreadable(`The condition goes on after its end, with ${this.shown()}.`)
    return condition
  }

  private either(): Condition {
    return this.list('or', () => this.list('and', () => this.negated()))
  }

  private list(kind: 'and' | 'or', item: () => Condition): Condition {
    const first = item()
    const of = [first]
    while (this.tokens[this.at] === kind) {
      this.at++
      of.push(item())
    }
    return of.length === 1 ? first : { kind, of }
  }

  private negated(): Condition {
    let odd = false
    while (this.tokens[this.at] === 'not') {
      this.at++
      odd = !odd
    }
    const of = this.operand()
    return odd ? { kind: 'not', of } : of
  }

  private operand(): Condition {
    const token = this.tokens[this.at]
    if (token === '(') return this.bracket()
    if (token === undefined || SPECIAL.has(token))
      throw new Unreadable(`The condition has ${this.shown()} where a search identifier should be.`)
    this.at++
    return this.tokens[this.at] === 'of' ? this.selector(token) : { kind: 'identifier', name: token }
  }

  private bracket(): Condition {
    if (++this.depth > MAX_DEPTH)
      throw new Unreadable(`The condition nests more than ${MAX_DEPTH} parentheses.`)
    this.at++
    const inner = this.either()
    if (this.tokens[this.at] !== ')') throw new Unreadable('The condition leaves a parenthesis open.')
    this.at++
    this.depth--
    return inner
  }

  private selector(written: string): Condition {
    const count = COUNTS.get(written.toLowerCase())
    if (count === undefined)
      throw new Unreadable(
        `The condition asks for ${written.slice(0, 40)} of …: only 1, any and all are supported.`,
      )
    this.at++
    const pattern = this.tokens[this.at]
    if (pattern === undefined || SPECIAL.has(pattern))
      throw new Unreadable(`The condition has ${this.shown()} after “${written} of”.`)
    this.at++
    return { kind: 'selector', count, pattern: pattern.toLowerCase() === 'them' ? null : pattern }
  }

  private shown(): string {
    const token = this.tokens[this.at]
    return token === undefined ? 'nothing' : `“${token.slice(0, 80)}”`
  }
}

const COUNTS: ReadonlyMap<string, 'one' | 'all'> = new Map([
  ['1', 'one'],
  ['any', 'one'],
  ['all', 'all'],
])
