/** Finds which of many texts a text holds, in one pass over it (the automaton of Aho and Corasick). */
export class LiteralFinder {
  /** node × 65,536 + character → node */
  private readonly next = new Map<number, number>()
  private readonly payloads: (number[] | undefined)[] = [undefined]
  private readonly fallback: number[] = [0]
  /** The nearest shorter ending that carries payloads; 0 = none. */
  private readonly shorter: number[] = [0]

  /** `payload` is reported when a text holds the literal, which must not be empty. */
  constructor(literals: Iterable<readonly [literal: string, payload: number]>) {
    const children: [character: number, node: number][][] = [[]]
    for (const [literal, payload] of literals) this.insert(children, literal, payload)
    this.link(children)
  }

  private insert(children: [number, number][][], literal: string, payload: number): void {
    let node = 0
    for (let at = 0; at < literal.length; at++) {
      const character = literal.charCodeAt(at)
      const known = this.next.get(node * 65_536 + character)
      if (known !== undefined) {
        node = known
        continue
      }
      const made = this.payloads.push(undefined) - 1
      children.push([])
      children[node]?.push([character, made])
      this.next.set(node * 65_536 + character, made)
      node = made
    }
    const payloads = this.payloads[node]
    if (payloads === undefined) this.payloads[node] = [payload]
    else payloads.push(payload)
  }

  /** By length, so that a node's fallback is finished before its own children ask for it. */
  private link(children: readonly (readonly [number, number][])[]): void {
    const queue = [0]
    for (const node of queue) {
      for (const [character, child] of children[node] ?? []) {
        const back = node === 0 ? 0 : this.step(this.fallback[node] ?? 0, character)
        this.fallback[child] = back
        this.shorter[child] = this.payloads[back] === undefined ? (this.shorter[back] ?? 0) : back
        queue.push(child)
      }
    }
  }

  private step(from: number, character: number): number {
    for (let node = from; ; node = this.fallback[node] ?? 0) {
      const found = this.next.get(node * 65_536 + character)
      if (found !== undefined) return found
      if (node === 0) return 0
    }
  }

  /** Reports the payloads of every literal that the text holds, some of them more than once. */
  find(text: string, report: (payload: number) => void): void {
    let node = 0
    for (let at = 0; at < text.length; at++) {
      node = this.step(node, text.charCodeAt(at))
      for (let ending = node; ending !== 0; ending = this.shorter[ending] ?? 0)
        for (const payload of this.payloads[ending] ?? []) report(payload)
    }
  }
}
