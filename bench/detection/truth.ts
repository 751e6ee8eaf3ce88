import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'

export type Label = 'benign' | 'malicious' | 'unsure'

/** What is known of one execution; several records of it share one. */
export type Truth = {
  executionId: string
  label: Label
  /** Ran other code through the binary; false for masquerades, consequences and the like. true where the file does not say. */
  isProxyExecution: boolean
  technique: string | null
  binary: string
  /** A Sigma rule of level medium or higher was recorded as matching. */
  sigma: boolean
  /** Simulations: the story, and whether it hides. */
  story: string | null
  quiet: boolean
}

/** Where a labelled record lies. */
export type TruthRecord = {
  truth: Truth
  file: string
  recordId: string | null
  line: number | null
  host: string | null
  atMs: number | null
  pid: number | null
  commandLine: string | null
}

const text = z.union([z.string(), z.number()]).transform(String).nullish()
/** One line of the file. Only label and binary cannot be done without. */
const LINE = z.object({
  exec_id: text,
  label: z.union([z.string(), z.boolean(), z.number()]),
  proxy_exec: z.boolean().nullish(),
  technique: z.string().nullish(),
  binary: z.string().nullish(),
  image: z.string().nullish(),
  host: z.string().nullish(),
  time_utc: z.string().nullish(),
  time: z.string().nullish(),
  file: z.string().nullish(),
  record_id: text,
  line: z.coerce.number().nullish(),
  pid: text,
  command_line: z.string().nullish(),
  sigma: z.array(z.unknown()).nullish(),
})

const COUNTED_SIGMA = /\[(?:medium|high|critical)\]|^[^[]*$/i

const MALICIOUS = new Set(['malicious', 'attack', 'malware', 'bad', 'true', '1'])
const BENIGN = new Set(['benign', 'legitimate', 'legit', 'normal', 'clean', 'good', 'false', '0'])

/** Labels of data sets in use; any other is nobody's to count. */
function labelOf(given: string | boolean | number): Label {
  const label = String(given).trim().toLowerCase()
  if (MALICIOUS.has(label)) return 'malicious'
  return BENIGN.has(label) ? 'benign' : 'unsure'
}

function timeOf(given: string | null | undefined): number | null {
  if (!given) return null
  const ms = Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(given) ? given : `${given}Z`)
  return Number.isNaN(ms) ? null : ms
}

/** A command line as two writers of the same record agree on it; null where there is none. */
export function sameCommandLine(text: string | null | undefined): string | null {
  const words = (text ?? '').trim().toLowerCase().replace(/\s+/g, ' ')
  return words === '' || words === '-' ? null : words
}

function toRecord(line: z.infer<typeof LINE>, number: number): TruthRecord {
  const image = (line.image ?? '').split(/[\\/]/).at(-1) ?? ''
  return {
    truth: {
      executionId: line.exec_id ?? `line ${number}`,
      label: labelOf(line.label),
      isProxyExecution: line.proxy_exec ?? true,
      technique: line.technique ?? null,
      binary: (line.binary ?? image).toLowerCase(),
      sigma: (line.sigma ?? []).some((hit) => COUNTED_SIGMA.test(String(hit))),
      story: null,
      quiet: false,
    },
    file: (line.file ?? '').replaceAll('\\', '/').replace(/^\.\//, ''),
    recordId: line.record_id ?? null,
    line: line.line ?? null,
    host: line.host ?? null,
    atMs: timeOf(line.time_utc) ?? timeOf(line.time),
    pid: line.pid === null || line.pid === undefined ? null : Number(line.pid),
    commandLine: sameCommandLine(line.command_line),
  }
}

/** Reads labelled records, one JSON object a line; lines that cannot be read are counted and left out. */
export async function readTruth(file: string): Promise<{ records: TruthRecord[]; unreadable: number }> {
  const records: TruthRecord[] = []
  let unreadable = 0
  let number = 0
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number++
    if (line.trim() === '') continue
    try {
      records.push(toRecord(LINE.parse(JSON.parse(line.replace(/^\uFEFF/, ''))), number))
    } catch {
      unreadable++
    }
  }
  return { records: shared(records), unreadable }
}

/** One truth an execution, the worst label of its records. */
function shared(records: readonly TruthRecord[]): TruthRecord[] {
  const rank = { benign: 0, unsure: 1, malicious: 2 }
  const byId = new Map<string, Truth>()
  for (const { truth } of records) {
    const known = byId.get(truth.executionId)
    if (known === undefined) byId.set(truth.executionId, truth)
    else {
      known.isProxyExecution ||= truth.isProxyExecution
      known.sigma ||= truth.sigma
      known.technique ??= truth.technique
      if (rank[truth.label] > rank[known.label]) known.label = truth.label
    }
  }
  return records.map((record) => ({ ...record, truth: byId.get(record.truth.executionId) ?? record.truth }))
}
