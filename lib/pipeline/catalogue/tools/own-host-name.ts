import type { Piece } from './tool-use'

const WORD_CHARACTER = /[a-z0-9<>]/

/** `<host>` for each occurrence of the name as a word of its own, or as a part of one between `-`, `_` and the like. */
function withoutName(text: string, name: string): string {
  return text
    .split(name)
    .reduce((before, after) =>
      WORD_CHARACTER.test(before.at(-1) ?? '') || WORD_CHARACTER.test(after.charAt(0))
        ? `${before}${name}${after}`
        : `${before}<host>${after}`,
    )
}

/**
 * Pieces whose patterns say the same on every host that is told its own name, as scripts of logon and names of logs are. What they show (facts, target) was
 * read from the words as they are.
 * @param name of ownName; null = not known
 */
export function withOwnHostName(pieces: readonly Piece[], name: string | null): readonly Piece[] {
  if (name === null || !pieces.some(({ text }) => text.includes(name))) return pieces
  return pieces.map((piece) => ({ ...piece, text: withoutName(piece.text, name) }))
}
