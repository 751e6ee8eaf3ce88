/** Letter pairs that words and product names practically never hold. */
const RARE_PAIRS: ReadonlySet<string> = new Set(
  (
    'bq bx cj cv cx dx fq fx gq gv gx hx jb jc jd jf jg jh jk jl jm jn jp jq jr jt jv jw jx jy jz kq kx kz lx mq mx mz ' +
    'pq pv pz qb qc qd qf qg qh qj qk ql qm qn qp qr qs qt qv qw qx qy qz sx tq vb vc vd vf vg vh vj vk vm vn vp vq vt ' +
    'vw vx vz wq wv wx wz xb xd xg xj xk xn xq xv xw xz yq zb zc zd zf zg zj zk zm zn zp zq zr zs zt zv zw zx'
  ).split(' '),
)
const VOWELS = 'aeiouy'

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

type Counts = { changes: number; letters: number; vowels: number; rare: number }

function count(word: string): Counts {
  const counts: Counts = { changes: 0, letters: 0, vowels: 0, rare: 0 }
  for (let at = 0; at < word.length; at += 1) {
    const digit = isDigit(word.charCodeAt(at))
    if (at > 0 && digit !== isDigit(word.charCodeAt(at - 1))) counts.changes += 1
    if (!digit) {
      counts.letters += 1
      if (VOWELS.includes(word.charAt(at))) counts.vowels += 1
      if (RARE_PAIRS.has(word.slice(at, at + 2))) counts.rare += 1
    }
  }
  return counts
}

/**
 * Whether a lower-case word of letters and digits looks generated rather than named: it alternates between letters and digits, holds
 * pairs that words do not have, or hardly a vowel. `shell32`, `mshtml` and `mpcmdrun` do not.
 */
export function looksRandom(word: string): boolean {
  if (word.length < 8 || word.length > 256) return false
  const { changes, letters, vowels, rare } = count(word)
  if (changes >= 4) return true
  if (letters < 8) return changes >= 3
  return rare >= 2 || (letters >= 12 && vowels / letters < 0.12)
}
