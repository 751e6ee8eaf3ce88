import { stringify } from 'yaml'

/**
 * A text of a Sigma rule with nothing in it taken for a wildcard. `*` and `?` are wildcards; a backslash stands for itself unless a sign follows that
 * it would take along.
 */
export function sigmaLiteral(text: string): string {
  return text.replace(/\\{2,}|\\(?=[*?]|$)|[*?]/g, (signs) =>
    signs.startsWith('\\') ? signs + signs : `\\${signs}`,
  )
}

/** A rule as YAML: a line a value, every text quoted. */
export function sigmaYaml(rule: Readonly<Record<string, unknown>>): string {
  return stringify(rule, {
    lineWidth: 0,
    defaultStringType: 'QUOTE_SINGLE',
    defaultKeyType: 'PLAIN',
    aliasDuplicateObjects: false,
  })
}
