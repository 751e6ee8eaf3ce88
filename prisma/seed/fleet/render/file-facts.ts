import { DAY_MS, daysSincePatchTuesday } from '../calendar'
import type { Host } from '../fleet'
import type { Process } from '../process'
import type { Program } from '../programs/program'
import { Random } from '../random'

export type FileFacts = { version: string; sha1: string; sha256: string; md5: string; imphash: string }

/** The share of Windows' files that a monthly update replaces. */
const PATCHED_SHARE = 0.25
const BUILD_OF_MONTH = 2_000

/** Versions and hashes of program files: the same file everywhere has the same, and patches change some. */
export class FileLibrary {
  private readonly facts = new Map<string, FileFacts>()
  private readonly patchDays = new Map<number, number>()

  factsOf(process: Process): FileFacts {
    const { program, host } = process
    const version =
      program.version ?? this.windowsVersion(program, host, Math.floor(process.startMs / DAY_MS))
    const key = `${program.contentId}|${version}`
    const known = this.facts.get(key)
    if (known !== undefined) return known
    const random = new Random('file', key)
    const upper = (digits: number) => random.hex(digits).toUpperCase()
    const facts = {
      version,
      sha1: upper(40),
      sha256: upper(64),
      md5: upper(32),
      imphash: this.imphash(program),
    }
    this.facts.set(key, facts)
    return facts
  }

  /** Imports change far more rarely than content. */
  private imphash(program: Program): string {
    return new Random('imports', program.contentId).hex(32).toUpperCase()
  }

  private windowsVersion(program: Program, host: Host, utcDay: number): string {
    if (!new Random('patched', program.contentId).chance(PATCHED_SHARE)) return `${host.windowsBuild}.1`
    const months = Math.floor(this.patchDay(utcDay - host.ringDays) / 28)
    return `${host.windowsBuild}.${BUILD_OF_MONTH + (months % 1_000) * 7}`
  }

  private patchDay(utcDay: number): number {
    const known = this.patchDays.get(utcDay)
    if (known !== undefined) return known
    const day = utcDay - daysSincePatchTuesday(utcDay)
    this.patchDays.set(utcDay, day)
    return day
  }
}
