import type { Watched } from '../watched'

/** A question to a product that has the logs already. */
export type CollectionQuery = {
  /** File name. */
  name: string
  about: string
  text: string
  /** What it returns, as the product names it; each is one that Cordon's readers know. */
  columns: readonly string[]
}

/** A query whose first line, a comment that `mark` begins, says what it asks. */
export function collectionQuery(
  mark: string,
  { name, about, columns }: Omit<CollectionQuery, 'text'>,
  lines: readonly string[],
): CollectionQuery {
  return { name, about, columns, text: [`${mark} ${about}`, ...lines, ''].join('\n') }
}

/** How one product is asked for what Cordon reads. One file and one line in registry.ts. */
export type CollectionSource = {
  id: string
  label: string
  language: string
  /** `days`: how far back. */
  queries: (watched: Watched, days: number) => readonly CollectionQuery[]
  /** Where it cuts an answer off without saying so, and how to stay below: sentences. */
  caps: readonly string[]
  /** How to run it and bring the answer here. */
  run: readonly string[]
}
