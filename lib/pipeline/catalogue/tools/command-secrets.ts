/** Options that a password follows, in whatever program. */
const TAKES_SECRET = /^(?:--?|\/)(?:p|pw|pwd|pass|passwd|password|rp)$/
const JOINED_SECRET =
  /((?:^(?:--?|\/)(?:p|pw|rp)|passwd|password|passphrase|(?<![a-z])(?:pwd|pass))\s{0,4}[:=]\s{0,4})(?![\\/]|[a-z]:[\\/])([^\s;,&|<]{1,256})/g
/** A place, an address, an option or what is masked already is no password. */
const NO_SECRET = /^(?:[<\\/-]|[a-z]:[\\/]|[a-z]{2,8}:\/\/|\*?$)/
const NET = /(?:^|\\)net1?(?:\.exe)?$/
const CHAIN = /^(?:[&|]{1,2}$|\d?>)/
const OPTION = /^[-/]/
const DEVICE = /^(?:\*|[a-z]:|lpt\d|<n>)$/

/** The plain words of one command of `net`, from `from` on, by where they stand. */
function plainWords(words: readonly string[], from: number): readonly number[] {
  const end = words.findIndex((word, index) => index >= from && CHAIN.test(word))
  const indexes = words.map((_word, index) => index).slice(from, end < 0 ? words.length : end)
  return indexes.filter((index) => !OPTION.test(words[index] ?? ''))
}

/** Where the passwords stand that `net use` and `net user` are given: plain words behind the share or the account. */
function netSecrets(words: readonly string[]): ReadonlySet<number> {
  const net = words.findIndex(
    (word, index) => NET.test(word) && /^(?:users?|use)$/.test(words[index + 1] ?? ''),
  )
  if (net < 0) return new Set()
  const told = plainWords(words, net + 2)
  const hasDevice = words[net + 1] === 'use' && DEVICE.test(words[told[0] ?? -1] ?? '')
  return new Set(told.slice(hasDevice ? 2 : 1).filter((index) => !NO_SECRET.test(words[index] ?? '')))
}

function isSecretAt(words: readonly string[], index: number): boolean {
  return TAKES_SECRET.test(words[index - 1] ?? '') && !NO_SECRET.test(words[index] ?? '')
}

function hideJoined(word: string): string {
  return word.replace(JOINED_SECRET, (_whole, name: string) => `${name}<secret>`)
}

function hidePlain(words: readonly string[]): readonly string[] {
  const secrets = netSecrets(words)
  return words.map((word, index) =>
    secrets.has(index) || isSecretAt(words, index) ? '<secret>' : hideJoined(word),
  )
}

/**
 * The words of a command, cleaned, without the passwords among them. A word that holds a command of its own is looked through as well.
 */
export function withoutSecrets(words: readonly string[]): readonly string[] {
  return hidePlain(words).map((word) => (word.includes(' ') ? hidePlain(word.split(' ')).join(' ') : word))
}
