import { log } from '@/lib/log'
import { patientPool } from '@/lib/store/pool'
import { noteKeyActivity } from '@/lib/store/shippers'

type Note = { events: number; error: string | null; written: Promise<void> }

/** Notes that wait for the one under way, by key. */
const waiting = new Map<string, Note>()
const underWay = new Map<string, Promise<void>>()

/** What a key sent, and the last thing that was wrong with it, for the keys' page. Many small requests share a note; it never fails a delivery. */
export function noteActivity(keyId: string, events: number, error: string | null): Promise<void> {
  const known = waiting.get(keyId)
  if (known !== undefined) {
    known.events += events
    known.error = error ?? known.error
    return known.written
  }
  const note: Note = { events, error, written: Promise.resolve() }
  waiting.set(keyId, note)
  note.written = (underWay.get(keyId) ?? Promise.resolve()).then(() => write(keyId, note))
  return note.written
}

async function write(keyId: string, note: Note): Promise<void> {
  waiting.delete(keyId)
  const writing = noteKeyActivity(patientPool(), keyId, note.events, note.error).catch((cause: unknown) =>
    log().warn({ err: cause }, "a key's activity was not noted"),
  )
  underWay.set(keyId, writing)
  await writing
  if (underWay.get(keyId) === writing) underWay.delete(keyId)
}
