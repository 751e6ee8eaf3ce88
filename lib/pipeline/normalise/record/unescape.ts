import type { JsonValue } from '@/lib/pipeline/event/raw-record'
import { decodeEntities } from './event-xml'

/**
 * `%%` → `%` where the text proves that it was doubled: every run of percent signs in it is even. Sysmon doubles them in the CommandLine it writes
 * (`%%COMSPEC%%`), but not in ParentCommandLine, and the Security log not at all: of the same executions 4688 prints single ones.
 */
export function halvePercents(doubled: string): string {
  if (!doubled.includes('%%')) return doubled
  const runs = doubled.match(/%+/g) ?? []
  return runs.every((run) => run.length % 2 === 0) ? doubled.replaceAll('%%', '%') : doubled
}

/**
 * Some nxlog pipelines escape texts as HTML (`2&gt;&amp;1`). A text is unescaped where it proves that: it has an entity, and nothing
 * that escaping would have left no trace of.
 */
export function unescapeHtml(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || !value.includes('&') || !/&(?:amp|lt|gt);/.test(value)) return value
  return /[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)/i.test(value)
    ? value
    : decodeEntities(value)
}
