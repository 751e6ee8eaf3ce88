import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Said, type Sending, sendFile } from './send-file'

type Answer = { status: number; body: string }

/** What the server answers, in turn, the last one again and again. */
let answers: Answer[]
/** Addresses that were asked. */
let asked: string[]

/** As much of a browser's as sending asks. */
class Request {
  readonly upload = {}
  status = 0
  responseText = ''
  onload = () => undefined
  open(_method: string, url: string) {
    asked.push(url)
  }
  abort() {}
  send() {
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    this.status = answer?.status ?? 0
    this.responseText = answer?.body ?? ''
    queueMicrotask(this.onload)
  }
}

beforeEach(() => {
  asked = []
  vi.stubGlobal('XMLHttpRequest', Request)
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Sends five bytes to its end; answers how it ended, and what was waited for. */
async function send(...given: Answer[]) {
  return await sendAs({ host: '', dateOrder: '' }, ...given)
}

async function sendAs(said: Said, ...given: Answer[]) {
  answers = given
  const waits = new Set<string>()
  const sending: Sending = {
    file: new File(['bytes'], 'log.evtx'),
    name: 'log.evtx',
    ...said,
    onOpen: () => undefined,
    onSent: () => undefined,
    onWaiting: (reason) => reason !== null && waits.add(reason),
    signal: new AbortController().signal,
  }
  const sent = sendFile(sending)
  await vi.runAllTimersAsync()
  return { ...(await sent), waits: [...waits] }
}

const said = (status: number, message: string) => ({ status, body: JSON.stringify({ error: { message } }) })
const taken = (receivedBytes: number) => ({ status: 200, body: JSON.stringify({ id: 'a', receivedBytes }) })

test('what a server that has no room says is shown while it is waited for, and when it is given up', async () => {
  expect(await send(said(429, 'Too little is free.'))).toEqual({
    kind: 'failed',
    message: 'Too little is free. Choose the file again later: it goes on where it stopped.',
    waits: ['Too little is free.'],
  })
  expect(await send(said(503, 'The database is away.'), taken(0), taken(5))).toEqual({
    kind: 'arrived',
    waits: ['The database is away.'],
  })
})
test('a server that says nothing is a broken connection, and what is refused is not tried again', async () => {
  const broken = 'The connection is broken.'
  expect(await send({ status: 503, body: '<html>' }, taken(5))).toEqual({ kind: 'arrived', waits: [broken] })
  expect(await send(said(500, 'Something failed.'), taken(5))).toEqual({ kind: 'arrived', waits: [broken] })
  expect(await send(said(413, 'Too large.'))).toEqual({ kind: 'failed', message: 'Too large.', waits: [] })
})

test('what is said of files goes with them, and nothing where nothing is said', async () => {
  await sendAs({ host: 'ws01', dateOrder: 'dmy' }, taken(5))
  expect(asked[0]).toMatch(/&host=ws01&dateOrder=dmy$/)
  asked = []
  await send(taken(5))
  expect(asked[0]).not.toMatch(/host|dateOrder/)
})
