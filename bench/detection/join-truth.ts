import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import type { Execution } from './processes'
import type { Place } from './read-logs'
import type { Truth, TruthRecord } from './truth'

export type Joined = {
  executions: (Execution<Place> & { truths: readonly Truth[] })[]
  /** Labelled executions that no scored execution was found for: other tiers of the catalogue, files that are missing. */
  missing: Truth[]
}

/** As truth may name it: whole path or its last parts, an archive's own name or a member's. */
function endsAlike(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  return x === y || x.endsWith(`/${y}`) || y.endsWith(`/${x}`)
}

function fileOf(name: string): string {
  return name.replace(/\.gz$/i, '')
}

const NEAR_MS = 2_000
const SECOND_MS = 1_000

type Candidate = { place: Place; index: number; binary: string; image: string }

function agree(record: TruthRecord, { place, binary, image }: Candidate): number {
  // a neighbour shares the second and the host, perhaps the line: another record all the same
  if (record.recordId !== null && place.recordId !== null && record.recordId !== place.recordId) return 0
  let points = 0
  if (record.recordId !== null && record.recordId === place.recordId) points += 4
  if (record.line !== null && record.line === place.position) points += 3
  if (record.atMs !== null && Math.abs(place.atUs / 1000 - record.atMs) <= NEAR_MS) points += 2
  if (record.pid !== null && record.pid === place.pid) points += 2
  if (record.host !== null && record.host.toLowerCase() === place.host?.toLowerCase()) points += 1
  // a renamed binary has two names
  if (record.truth.binary === binary || record.truth.binary === image) points += 1
  return points
}

/** A record id alone is enough; a line number or a time wants company. */
const ENOUGH = 4

/** Candidates of one file by what a labelled record may name. */
class FileIndex {
  private readonly byKey = new Map<string, Candidate[]>()

  add(candidate: Candidate): void {
    const { recordId, position, atUs } = candidate.place
    const second = Math.floor(atUs / 1000 / SECOND_MS)
    for (const key of [`record ${recordId}`, `line ${position}`, `second ${second}`]) {
      const known = this.byKey.get(key)
      if (known === undefined) this.byKey.set(key, [candidate])
      else known.push(candidate)
    }
  }

  find({ recordId, line, atMs }: TruthRecord): Candidate[] {
    const keys: string[] = []
    if (recordId !== null) keys.push(`record ${recordId}`)
    if (line !== null) keys.push(`line ${line}`)
    const second = atMs === null ? null : Math.floor(atMs / SECOND_MS)
    if (second !== null) for (const by of [0, -1, 1, -2, 2]) keys.push(`second ${second + by}`)
    return keys.flatMap((key) => this.byKey.get(key) ?? [])
  }
}

function bestOf(record: TruthRecord, candidates: readonly Candidate[]): Candidate | null {
  let most = ENOUGH - 1
  let best: Candidate | null = null
  for (const candidate of candidates) {
    const points = agree(record, candidate)
    if (points <= most) continue
    most = points
    best = candidate
  }
  return best
}

function indexFiles(executions: readonly Execution<Place>[]): Map<string, FileIndex> {
  const byFile = new Map<string, FileIndex>()
  for (const [index, { marks, signature, image }] of executions.entries())
    for (const place of marks) {
      const file = fileOf(place.file)
      const known = byFile.get(file) ?? new FileIndex()
      byFile.set(file, known)
      known.add({ place, index, binary: signature.slug, image: fileName(image) })
    }
  return byFile
}

/** Finds the executions that truth speaks of: by file, then by record id, line, time and process id. */
export function joinTruth(executions: readonly Execution<Place>[], records: readonly TruthRecord[]): Joined {
  const byFile = indexFiles(executions)
  const truths: Set<Truth>[] = executions.map(() => new Set())
  const found = new Set<Truth>()
  const filesOf = fileFinder([...byFile.keys()])
  for (const record of records) {
    const candidates = filesOf(record.file).flatMap((file) => byFile.get(file)?.find(record) ?? [])
    const chosen = bestOf(record, candidates)
    if (chosen === null) continue
    truths[chosen.index]?.add(record.truth)
    found.add(record.truth)
  }
  const all = new Set(records.map(({ truth }) => truth))
  return {
    executions: executions.map((execution, index) => ({ ...execution, truths: [...(truths[index] ?? [])] })),
    missing: [...all].filter((truth) => !found.has(truth)),
  }
}

/** Files by the name that truth gives them; a record that names none is looked for in all. */
function fileFinder(files: readonly string[]): (name: string) => readonly string[] {
  const known = new Map<string, string[]>()
  return (name) => {
    const bare = fileOf(name)
    const isMember = (file: string) => file.toLowerCase().startsWith(`${bare.toLowerCase()}/`)
    const found =
      known.get(bare) ??
      (bare === '' ? [...files] : files.filter((file) => endsAlike(file, bare) || isMember(file)))
    known.set(bare, found)
    return found
  }
}
