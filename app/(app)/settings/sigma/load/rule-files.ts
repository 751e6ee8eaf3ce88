/** Files of rules on their way to the server: what is sent, and what it is called. */
export type RuleFiles = { name: string; isZip: boolean; body: Blob }

/** A zip goes as it is; .yml files, also those of a folder, go as one JSON text. null = there is no rule among them. */
export async function toRuleFiles(chosen: readonly File[]): Promise<RuleFiles | null> {
  const [first] = chosen
  if (first === undefined) return null
  if (chosen.length === 1 && /\.zip$/i.test(first.name)) return { name: first.name, isZip: true, body: first }
  const rules = chosen.filter(({ name }) => /\.ya?ml$/i.test(name))
  if (rules.length === 0) return null
  const files = await Promise.all(
    rules.map(async (file) => ({ path: pathOf(file), text: await file.text() })),
  )
  const folder = pathOf(first).split('/')[0] ?? ''
  const name = rules.length === 1 ? first.name : folder !== first.name ? folder : `${rules.length} files`
  return { name, isZip: false, body: new Blob([JSON.stringify({ files })]) }
}

function pathOf(file: File): string {
  return (file.webkitRelativePath || file.name).slice(0, 1024)
}

/** Asks the server; answers what it says, or why it did not. */
export async function sendRules<T>(
  what: 'preview' | 'load',
  query: Record<string, string>,
  body: Blob,
): Promise<T | string> {
  const failed = 'The files did not arrive. Nothing was changed; try again.'
  try {
    const response = await fetch(`/api/sigma/${what}?${new URLSearchParams(query)}`, { method: 'POST', body })
    const answer = await response.json()
    return response.ok ? answer : (answer?.error?.message ?? failed)
  } catch {
    return failed
  }
}
