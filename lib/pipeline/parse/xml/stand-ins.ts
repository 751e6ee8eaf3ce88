/** What XML 1.0 allows nowhere, as a character or as a reference to one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi

const FIRST_BASE = 0xe000
const LAST_BASE = 0xf8c0
/** 0 to 1F, FFFE and FFFF. */
const BLOCK = 0x22

/**
 * The text with private characters that do not occur in it in place of forbidden ones, and the way back.
 * Null where it has no forbidden characters, or every private one.
 */
export function standInFor(xml: string): { text: string; restore: (text: string) => string } | null {
  const base = freeBase(xml)
  if (base === null) return null
  const text = xml.replace(FORBIDDEN, (found, hexadecimal?: string, decimal?: string) => {
    const code = codeOf(found, hexadecimal, decimal)
    const index = code >= 0xfffe ? code - 0xfffe + 0x20 : code
    return isForbidden(code) ? String.fromCharCode(base + index) : found
  })
  if (text === xml) return null
  const block = blockFrom(base, 'g')
  return { text, restore: (part) => part.replace(block, (character) => original(character, base)) }
}

function freeBase(xml: string): number | null {
  for (let base = FIRST_BASE; base <= LAST_BASE; base += BLOCK) if (!blockFrom(base).test(xml)) return base
  return null
}

function blockFrom(base: number, flags = ''): RegExp {
  return new RegExp(`[${String.fromCharCode(base)}-${String.fromCharCode(base + BLOCK - 1)}]`, flags)
}

function codeOf(found: string, hexadecimal?: string, decimal?: string): number {
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16)
  return decimal === undefined ? found.charCodeAt(0) : Number(decimal)
}

function isForbidden(code: number): boolean {
  return (
    code === 0xfffe || code === 0xffff || (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d)
  )
}

function original(character: string, base: number): string {
  const index = character.charCodeAt(0) - base
  return String.fromCharCode(index >= 0x20 ? index - 0x20 + 0xfffe : index)
}
