const BEYOND_ASCII = /[\u0080-\uffff]/
const EACH_BEYOND_ASCII = /[\u0080-\uffff]/g
/** Letters of living scripts, none of which stands for ASCII: most of what is beyond it. */
const ORDINARY = /[\u00c0-\u00ff\u0370-\u1cff\u3040-\ufdff]/
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/
const DOUBLE_QUOTES = /[\u201c-\u201f\u2033\uff02]/
const SINGLE_QUOTES = /[\u2018-\u201b\u2032\uff07]/
const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/
const DIRECTION_OR_INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/
/** Cyrillic, Greek and Armenian letters drawn like Latin ones. */
const LOOK_ALIKE =
  /[\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c-\u041e\u0420-\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d\u0585]/
const LETTERS = /[a-z\u0370-\u058f]+/gi
const LATIN = /[a-z]/i

function foldOne(character: string): string {
  if (ORDINARY.test(character)) return character
  if (DASHES.test(character)) return '-'
  if (DOUBLE_QUOTES.test(character)) return '"'
  if (SINGLE_QUOTES.test(character)) return "'"
  if (SPACES.test(character)) return ' '
  if (INVISIBLE.test(character)) return ''
  const plain = character.normalize('NFKC')
  return plain.length === 1 && plain < '\u0080' ? plain : character
}

/**
 * ASCII for every character that Windows' best-fit tables or a reader take for it: dashes, quotes, blanks, full-width and raised
 * letters; invisible and direction characters go. Everything else stays.
 */
export function foldCharacters(text: string): string {
  return BEYOND_ASCII.test(text) ? text.replace(EACH_BEYOND_ASCII, foldOne) : text
}

/** Whether the text hides its reading: right-to-left overrides, invisible characters, or look-alike letters within a Latin word. */
export function hasDeceptiveCharacters(text: string): boolean {
  if (!BEYOND_ASCII.test(text)) return false
  if (DIRECTION_OR_INVISIBLE.test(text)) return true
  if (!LOOK_ALIKE.test(text)) return false
  for (const [word] of text.matchAll(LETTERS)) {
    if (LATIN.test(word) && LOOK_ALIKE.test(word)) return true
  }
  return false
}

/** Whether letters, digits or separators are written with other characters that fold to ASCII (`ｈｔｔｐ`, `ʰttp`). */
export function hasDisguisedLetters(text: string): boolean {
  if (!BEYOND_ASCII.test(text)) return false
  for (const [character] of text.matchAll(EACH_BEYOND_ASCII)) {
    if (/[\w/\\:.]/.test(foldOne(character))) return true
  }
  return false
}
