/** A label in a text on one line, and the field that it stands for (none for the title of a section). */
export type Label = { label: string; field: string | null }

/**
 * The values that stand behind labels in a text that has lost the ends of its lines, by field. Labels that are not there, or not in their order, are left out; one
 * counts where white space, or nothing, stands before it.
 */
export function cutByLabels(text: string, labels: readonly Label[]): Map<string, string> {
  const found: { field: string | null; start: number; end: number }[] = []
  let from = 0
  for (const { label, field } of labels) {
    const start = indexOfLabel(text, label, from)
    if (start === -1) continue
    from = start + label.length + 1
    found.push({ field, start, end: from })
  }
  const values = new Map<string, string>()
  for (const [index, { field, end }] of found.entries())
    if (field !== null) values.set(field, text.slice(end, found[index + 1]?.start ?? text.length).trim())
  return values
}

/** Whether a label stands in a text more than once: its value cannot be told from a text that looks like it. */
export function isRepeated(text: string, label: string): boolean {
  const first = labelStart(text, label)
  return first !== -1 && indexOfLabel(text, label, first + label.length) !== -1
}

/** Where a label first stands in a text; -1 where it does not. */
export function labelStart(text: string, label: string): number {
  return indexOfLabel(text, label, 0)
}

function indexOfLabel(text: string, label: string, from: number): number {
  const marked = `${label}:`
  for (let at = text.indexOf(marked, from); at !== -1; at = text.indexOf(marked, at + 1))
    if (at === 0 || /\s/.test(text.charAt(at - 1))) return at
  return -1
}
