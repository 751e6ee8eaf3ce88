import path from 'node:path'
import { type Comparison, compareFile, type Difference, newComparison } from './agree'
import { explain, RECORD_NOTES } from './explanations'
import { ourReader, type Reader } from './readers'

/** Compares our reader with another on these files; the report as lines. */
export async function reportAgreement(reader: Reader, files: string[]): Promise<string[]> {
  const comparison = newComparison()
  const notes: string[] = []
  for (const file of files) {
    const before = { ...comparison.records }
    compareFile(comparison, file, await ourReader.read(file), await reader.read(file).catch(() => []))
    const { onlyOurs, onlyTheirs } = comparison.records
    const name = path.basename(file)
    if (onlyOurs > before.onlyOurs || onlyTheirs > before.onlyTheirs)
      notes.push(
        `    ${name}: ${onlyOurs - before.onlyOurs} records only ours, ${onlyTheirs - before.onlyTheirs} only theirs` +
          ` (${RECORD_NOTES[name] ?? `${reader.name} stops or fails there`})`,
      )
  }
  return [...summary(reader.name, comparison), ...notes]
}

function summary(name: string, comparison: Comparison): string[] {
  const { records, fields, printed } = comparison
  const explained = new Map<string, number>()
  const unexplained: Difference[] = []
  for (const difference of [...comparison.different, ...comparison.onlyOurs, ...comparison.onlyTheirs]) {
    const why = explain(name, difference)
    if (why === null) unexplained.push(difference)
    else explained.set(why, (explained.get(why) ?? 0) + 1)
  }
  return [
    `${name}: ${records.both} records read by both, ${records.onlyOurs} only by us, ${records.onlyTheirs} only by ${name}; ${fields} values compared`,
    ...counts(printed),
    ...counts(explained).map((line) => `${line} (${name})`),
    `    ${unexplained.length} differences without explanation`,
    ...unexplained.slice(0, 10).map((difference) => `      ${JSON.stringify(difference)}`),
  ]
}

function counts(map: Map<string, number>): string[] {
  return [...map].sort((a, b) => b[1] - a[1]).map(([what, count]) => `    ${count} ${what}`)
}
