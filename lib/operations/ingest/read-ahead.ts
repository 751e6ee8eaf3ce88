/**
 * What becomes of the values of a source, in their order: work on as many as `most` is begun before whoever takes the results comes to them. The source is
 * asked for one value at a time, and its failure is thrown in its place.
 */
export async function* readAhead<T, R>(
  source: AsyncIterator<T>,
  most: number,
  begin: (value: T) => R,
): AsyncGenerator<R> {
  const begun: Promise<{ result: R } | null>[] = []
  let last: Promise<unknown> = Promise.resolve()
  const pull = () => {
    const next = last.then(async () => {
      const { done, value } = await source.next()
      return done ? null : { result: begin(value) }
    })
    next.catch(() => undefined)
    last = next
    begun.push(next)
  }
  for (let ahead = 0; ahead < most; ahead++) pull()
  for (let next = await begun.shift(); next; next = await begun.shift()) {
    pull()
    yield next.result
  }
}
