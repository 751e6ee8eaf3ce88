/** Letter pairs that words and product names practically never hold. */
const RARE_PAIRS = (
  'bq bx cj cv cx dx fq fx gq gv gx hx jb jc jd jf jg jh jk jl jm jn jp jq jr jt jv jw jx jy jz kq kx kz lx mq mx mz ' +
  'pq pv pz qb qc qd qf qg qh qj qk ql qm qn qp qr qs qt qv qw qx qy qz sx tq vb vc vd vf vg vh vj vk vm vn vp vq vt ' +
  'vw vx vz wq wv wx wz xb xd xg xj xk xn xq xv xw xz yq zb zc zd zf zg zj zk zm zn zp zq zr zs zt zv zw zx'
).split(' ')
const VOWELS = 'aeiouy'
const A = 97
const LETTERS = 26

const rare = new Uint8Array(LETTERS * LETTERS)
for (const pair of RARE_PAIRS) rare[(pair.charCodeAt(0) - A) * LETTERS + pair.charCodeAt(1) - A] = 1
const vowel = new Uint8Array(LETTERS)
for (const letter of VOWELS) vowel[letter.charCodeAt(0) - A] = 1

/** Windows' own names that hold such pairs where their words meet. */
const NAMED: ReadonlySet<string> = new Set(['syncappvpublishingserver'])

type Counts = { changes: number; letters: number; vowels: number; rare: number }

/** Index of a lower-case letter; negative for digits and everything before them. */
function letterAt(word: string, at: number): number {
  return word.charCodeAt(at) - A
}

function count(word: string): Counts {
  const counts: Counts = { changes: 0, letters: 0, vowels: 0, rare: 0 }
  let previous = letterAt(word, 0)
  for (let at = 0; at < word.length; at += 1) {
    const letter = letterAt(word, at)
    if (letter < 0 !== previous < 0) counts.changes += 1
    if (letter >= 0) {
      counts.letters += 1
      counts.vowels += vowel[letter] ?? 0
      if (at > 0 && previous >= 0) counts.rare += rare[previous * LETTERS + letter] ?? 0
    }
    previous = letter
  }
  return counts
}

/**
 * Whether a lower-case word of letters and digits looks generated rather than named: it alternates between letters and digits, holds
 * pairs that words do not have, or hardly a vowel. `shell32`, `mshtml` and `mpcmdrun` do not.
 */
export function looksRandom(word: string): boolean {
  if (word.length < 8 || word.length > 256 || NAMED.has(word)) return false
  const found = count(word)
  const { changes, letters, vowels } = found
  if (changes >= 4) return true
  if (letters < 8) return false
  return found.rare >= 2 || (letters >= 12 && vowels / letters < 0.12)
}
