import { DAY_MS, daysSincePatchTuesday } from '../calendar'
import type { Host } from '../fleet'
import type { Process } from '../process'
import type { Program } from '../programs/program'
import { Random } from '../random'

type FileFacts = {
  version: string
  sha1: string
  sha256: string
  md5: string
  /** The hashes as Sysmon prints them. */
  hashes: string
}

type KnownFile = { patched: boolean; imphash: string; versions: Map<string, FileFacts> }

/** The share of Windows' files that a monthly update replaces. */
const PATCHED_SHARE = 0.25
const FIRST_REVISION = 2_000

/** Versions and hashes of program files: the same file has the same everywhere, and monthly updates change some. */
export class FileLibrary {
  private readonly files = new Map<string, KnownFile>()
  private readonly revisions = new Map<number, number>()

  factsOf(process: Process): FileFacts {
    const { program, host, startMs } = process
    const file = this.fileOf(program)
    const version = program.version ?? this.windowsVersion(file, host, Math.floor(startMs / DAY_MS))
    const known = file.versions.get(version)
    if (known !== undefined) return known
    const random = new Random('file', program.contentId, version)
    const [sha1, sha256, md5] = [random.hex(40), random.hex(64), random.hex(32)]
    const hashes = `SHA1=${sha1},MD5=${md5},SHA256=${sha256},IMPHASH=${file.imphash}`.toUpperCase()
    const facts = { version, sha1, sha256, md5, hashes }
    file.versions.set(version, facts)
    return facts
  }

  private fileOf(program: Program): KnownFile {
    const known = this.files.get(program.contentId)
    if (known !== undefined) return known
    const random = new Random('imports', program.contentId)
    const file = { patched: random.chance(PATCHED_SHARE), imphash: random.hex(32), versions: new Map() }
    this.files.set(program.contentId, file)
    return file
  }

  private windowsVersion(file: KnownFile, host: Host, utcDay: number): string {
    return `${host.windowsBuild}.${file.patched ? this.revision(utcDay - host.ringDays) : 1}`
  }

  /** Windows' update revision on a day: one step for every month's servicing. */
  private revision(utcDay: number): number {
    const known = this.revisions.get(utcDay)
    if (known !== undefined) return known
    const patchDay = utcDay - daysSincePatchTuesday(utcDay)
    const revision = FIRST_REVISION + (Math.floor(patchDay / 28) % 1_000) * 7
    this.revisions.set(utcDay, revision)
    return revision
  }
}
