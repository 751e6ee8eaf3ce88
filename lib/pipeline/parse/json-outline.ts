import type { Buffer } from 'node:buffer'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import type { ByteLine } from './byte-lines'
import { MAX_RECORD_CHARACTERS } from './limits'
import { type FoundLine, MemberFinder, type Members } from './members/member-finder'

/** Which members of a record tell whether they are enough of it, and whether they are. */
export type Outline = { members: Members; suffices: (fields: JsonObject) => boolean }

/** Members by which an object that has an event's too stands for several records; answers of searches (`rowsOf`) have none of an event's beside their list. */
const OF_SEVERAL: Members = { snapshot: 'value', diffResults: 'value' }
/** Where outlines were in vain so often, one line in so many is looked at. */
const PATIENCE = 16

const OPEN_OBJECT = 0x7b

const finders = new WeakMap<Outline, MemberFinder>()

/** Reads of the lines of a file no more than their outline, where that suffices. */
export class OutlineReader {
  private readonly finder: MemberFinder
  /** How often more an outline may be in vain. */
  private patience = PATIENCE
  private passed = 0

  constructor(private readonly outline: Outline) {
    // all readers of a thread use one, each from `hold` to the end of its turn
    this.finder = finders.get(outline) ?? new MemberFinder({ ...outline.members, ...OF_SEVERAL })
    finders.set(outline, this.finder)
  }

  hold(bytes: Buffer): void {
    this.finder.hold(bytes)
  }

  /** The line that begins with an object at a byte of what is held; null where all of it has to be read. */
  read(at: number): FoundLine | null {
    if (this.patience === 0 && ++this.passed % PATIENCE !== 0) return null
    const found = this.finder.find(at)
    const suffices = found !== null && found.end - at <= MAX_RECORD_CHARACTERS && this.isEnough(found.fields)
    this.patience = suffices ? PATIENCE : Math.max(0, this.patience - 1)
    return suffices ? found : null
  }

  /** What is enough of a line's object, where it lies in the block that is held. */
  readLine(line: ByteLine): JsonObject | null {
    if (line === null || line.at === -1 || line.bytes[0] !== OPEN_OBJECT) return null
    return this.read(line.at)?.fields ?? null
  }

  private isEnough(fields: JsonObject): boolean {
    for (const name in OF_SEVERAL) if (fields[name] !== undefined) return false
    return this.outline.suffices(fields)
  }
}
