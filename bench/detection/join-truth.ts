import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import type { Execution } from './processes'
import type { Place } from './read-logs'
import { sameCommandLine, type Truth, type TruthRecord } from './truth'

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

type Candidate = { place: Place; index: number; binary: string; image: string; commandLine: string | null }

/** Names of one machine: with its domain, or without where a writer left it out. */
function isSameHost(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  return x === y || x.startsWith(`${y}.`) || y.startsWith(`${x}.`)
}

function agree(record: TruthRecord, { place, binary, image, commandLine }: Candidate): number {
  // a neighbour shares the second and the host, perhaps the line: another record all the same
  if (record.recordId !== null && place.recordId !== null && record.recordId !== place.recordId) return 0
  let points = 0
  if (record.recordId !== null && record.recordId === place.recordId) points += 4
  if (record.line !== null && record.line === place.position) points += 3
  if (record.atMs !== null && Math.abs(place.atUs / 1000 - record.atMs) <= NEAR_MS) points += 2
  if (record.pid !== null && record.pid === place.pid) points += 2
  if (record.commandLine !== null && record.commandLine === commandLine) points += 3
  if (isSameHost(record.host, place.host)) points += 1
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
    const keys = [
      `record ${recordId}`,
      `line ${position}`,
      `second ${second}`,
      `said ${candidate.commandLine}`,
    ]
    for (const key of keys) {
      const known = this.byKey.get(key)
      if (known === undefined) this.byKey.set(key, [candidate])
      else known.push(candidate)
    }
  }

  find({ recordId, line, atMs, commandLine }: TruthRecord): Candidate[] {
    const keys: string[] = []
    if (recordId !== null) keys.push(`record ${recordId}`)
    if (line !== null) keys.push(`line ${line}`)
    const second = atMs === null ? null : Math.floor(atMs / SECOND_MS)
    if (second !== null) for (const by of [0, -1, 1, -2, 2]) keys.push(`second ${second + by}`)
    const found = keys.flatMap((key) => this.byKey.get(key) ?? [])
    // by what was said alone only where nothing says where or when
    return found.length > 0 || commandLine === null || atMs !== null
      ? found
      : (this.byKey.get(`said ${commandLine}`) ?? [])
  }
}

/** Two executions may share all that truth says of them: the second goes to the one that is nobody's yet. */
const TAKEN = 0.5

function bestOf(
  record: TruthRecord,
  candidates: readonly Candidate[],
  takenBy: (index: number) => ReadonlySet<Truth> | undefined,
): Candidate | null {
  let most = ENOUGH - 1
  let best: Candidate | null = null
  for (const candidate of candidates) {
    const taken = takenBy(candidate.index)
    const isTaken = taken !== undefined && taken.size > 0 && !taken.has(record.truth)
    const points = agree(record, candidate) - (isTaken ? TAKEN : 0)
    if (points <= most) continue
    most = points
    best = candidate
  }
  return best
}

function indexFiles(executions: readonly Execution<Place>[]): Map<string, FileIndex> {
  const byFile = new Map<string, FileIndex>()
  for (const [index, { marks, signature, image, commandLine }] of executions.entries())
    for (const place of marks) {
      const file = fileOf(place.file)
      const known = byFile.get(file) ?? new FileIndex()
      byFile.set(file, known)
      const said = sameCommandLine(commandLine)
      known.add({ place, index, binary: signature.slug, image: fileName(image), commandLine: said })
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
    const chosen = bestOf(record, candidates, (index) => truths[index])
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
