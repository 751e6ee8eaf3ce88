/** FNV-1a over the parts, finished as murmur3 does, so that neighbouring seeds give unrelated streams. */
function mix(parts: readonly (number | string)[]): number {
  let hash = 0x811c9dc5
  for (const part of parts) {
    const text = `${part}/`
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const NORMAL_FROM = 30
const HEX = '0123456789abcdef'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/**
 * A repeatable stream of random numbers (sfc32), named by its parts: the same parts always give the same stream,
 * so that one behaviour on one host and day never shifts what another draws.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(...parts: readonly (number | string)[]) {
    this.a = mix([...parts, 'a'])
    this.b = Math.imul(this.a ^ 0x9e3779b9, 0x85ebca6b)
    this.c = Math.imul(this.b ^ 0x7f4a7c15, 0xc2b2ae35)
    for (let i = 0; i < 8; i++) this.next()
  }

  /** A 32-bit unsigned integer. */
  next(): number {
    const out = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + out) | 0
    return out >>> 0
  }

  /** In [0, 1). */
  unit(): number {
    return this.next() / 0x1_0000_0000
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.unit() * limit)
  }

  /** An integer from low to high, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<const L extends readonly [unknown, ...unknown[]]>(items: L): L[number] {
    return items[this.below(items.length)] ?? items[0]
  }

  /** How often something happens that happens `mean` times on average (Poisson; normal above 30). */
  count(mean: number): number {
    if (mean > NORMAL_FROM) {
      const gaussian = Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit())
      return Math.max(0, Math.round(mean + gaussian * Math.sqrt(mean)))
    }
    const limit = Math.exp(-mean)
    let events = 0
    for (let product = this.unit(); product > limit; product *= this.unit()) events++
    return events
  }

  hex(digits: number): string {
    return this.letters(HEX, digits)
  }

  /** Lower-case letters, as a generated file name has them. */
  word(length: number): string {
    return this.letters(LETTERS, length)
  }

  /** `{8-4-4-4-12}` in capitals. */
  guid(): string {
    const digits = this.hex(32).toUpperCase()
    const part = (from: number, to: number) => digits.slice(from, to)
    return `{${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}}`
  }

  private letters(alphabet: string, length: number): string {
    let text = ''
    for (let i = 0; i < length; i++) text += alphabet.charAt(this.below(alphabet.length))
    return text
  }
}
