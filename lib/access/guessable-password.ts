import { ExpectedError } from '@/lib/errors'

/** Guesses that a password must be expected to withstand: what zxcvbn calls its best class. */
const LEAST_GUESSES = 1e10
/** What is looked at of a long one: the time it takes grows faster than its length. */
const LOOKED_AT = 64

let estimator: ReturnType<typeof loadEstimator> | null = null

/**
 * Refuses a new password that somebody who guesses would soon try: one of some 50,000 from breaches, names and words of `about` (the person's
 * and ours), rows of keys, dates, repetitions, and what is joined of these. All of it is in the package: nothing is asked of a network.
 * @throws ExpectedError 'invalid-input'
 */
export async function requireHardToGuess(password: string, about: readonly string[]): Promise<void> {
  estimator ??= loadEstimator()
  const known = about.flatMap((one) => [one, ...one.split(/[^\p{L}\p{N}]+/u)]).filter(Boolean)
  const { guesses } = (await estimator).check(password.slice(0, LOOKED_AT), ['cordon', ...known])
  if (guesses >= LEAST_GUESSES) return
  throw new ExpectedError(
    'invalid-input',
    'This password is too easy to guess: it is a common one, or made of names, words, dates or rows of keys. Take four words that do not belong together, or one that a password manager makes.',
  )
}

/** Read when somebody chooses a password: every start and page would wait for its words otherwise. */
async function loadEstimator() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}
