import { visible } from '@/lib/pipeline/visible-text'

/** A word without a place to break would run off the page. */
const LONGEST_WORD = 40

/** Text that a reader sees as it is: hidden characters by their code points, and words that break before the margin does. */
export function printable(text: string): string {
  const shown = text.split('\n').map(visible).join('\n')
  return shown.replace(/\S{41,}/g, (word) => {
    const characters = [...word]
    const pieces: string[] = []
    for (let at = 0; at < characters.length; at += LONGEST_WORD)
      pieces.push(characters.slice(at, at + LONGEST_WORD).join(''))
    // the typesetter may break here and shows nothing
    return pieces.join('\u200b')
  })
}
