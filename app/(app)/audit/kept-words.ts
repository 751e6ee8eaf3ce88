/** An action or a kind of subject as it is kept, in words: 'deviation-triaged' → 'deviation triaged'. What pages call an import is kept as an upload. */
export function keptWords(kept: string): string {
  return kept.replace(/^upload(?=-|$)/, 'import').replaceAll('-', ' ')
}
