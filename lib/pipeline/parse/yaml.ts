import { Composer, type CST, type Document, isScalar, Parser, visit } from 'yaml'

type ReadYaml = { values: readonly unknown[]; problem: null } | { values: null; problem: string }

function childrenOf(token: object): readonly object[] {
  return Object.values(token)
    .flat()
    .filter((child) => typeof child === 'object' && child !== null)
}

/** Walks level by level, because the parser's composer is recursive: deep nesting takes the whole process down. */
function isTooDeep(tokens: readonly CST.Token[], maxDepth: number): boolean {
  let level: readonly object[] = tokens
  for (let depth = 0; depth <= maxDepth; depth += 1) {
    if (level.length === 0) return false
    level = level.flatMap(childrenOf)
  }
  return true
}

/** A key that one map names twice: the first would be lost without a word. */
function repeatedKey(document: Document.Parsed): string | null {
  let repeated: string | null = null
  visit(document, {
    Map: (_, map) => {
      const known = new Set<unknown>()
      for (const { key } of map.items) {
        const value = isScalar(key) ? key.value : key
        if (known.has(value)) repeated ??= String(value)
        known.add(value)
      }
    },
  })
  return repeated
}

function problemOf(document: Document.Parsed): string | null {
  const [error] = document.errors
  if (error !== undefined) return `is not YAML: ${error.message.split('\n', 1)[0] ?? ''}`
  const key = repeatedKey(document)
  return key === null ? null : `names the key ${key.slice(0, 80)} twice in one map`
}

/**
 * Values of the documents in a text, or why there are none, as the end of "The file …". `maxDepth` counts levels of the syntax tree; a
 * level of the data takes up to three. Aliases are refused: a few lines of them expand to gigabytes. Tags of other types are read as plain
 * values. Takes up to 20 µs a character of hostile text: bound its length first.
 */
export function readYaml(text: string, maxDepth: number): ReadYaml {
  try {
    const tokens = [...new Parser().parse(text)]
    if (isTooDeep(tokens, maxDepth)) return { values: null, problem: 'is nested too deeply' }
    // the composer compares every key with every other, which is quadratic
    const composer = new Composer({ schema: 'core', logLevel: 'silent', uniqueKeys: false })
    const documents = [...composer.compose(tokens)]
    for (const document of documents) {
      const problem = problemOf(document)
      if (problem !== null) return { values: null, problem }
    }
    return { values: documents.map((one): unknown => one.toJS({ maxAliasCount: 0 })), problem: null }
  } catch {
    return { values: null, problem: 'is not YAML, or uses aliases' }
  }
}
