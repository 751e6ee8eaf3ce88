import { createHmac } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { now } from '@/lib/clock'
import { env } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'
import { log } from '@/lib/log'
import { type AllowedRange, parseRanges, type Reachable, resolveReachable } from './public-address'

/** From the first byte sent to the last one read; longer for what is large. */
const TIMEOUT_MS = 10_000
const LEAST_BYTES_A_MS = 100
const MAX_TIMEOUT_MS = 600_000
/** What is read of an answer, to say what was wrong. */
const MAX_ANSWER_BYTES = 2_048
const SHOWN_ANSWER = 200

/** What is posted: it is read twice, to be signed and to be sent. */
export type WebhookBody = {
  type: string
  bytes: number
  read: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** What a receiver may save it as. */
  fileName?: string
}

export function jsonBody(value: unknown): WebhookBody {
  const bytes = Buffer.from(JSON.stringify(value))
  return { type: 'application/json', bytes: bytes.length, read: () => [bytes] }
}

export type WebhookPost = {
  url: string
  secret: string
  /** Stays the same however often it is sent. */
  deliveryId: string
  event: string
  body: WebhookBody
}

/** The secret that a receiver checks signatures with: of whose webhook it is and the server's own secret, so that no table holds it. */
export function webhookSecret(owner: string, salt: string): string {
  const derived = createHmac('sha256', env('AUTH_SECRET')).update(`webhook ${owner} ${salt}`)
  return `whsec_${derived.digest('base64url')}`
}

/** HMAC-SHA256 over the timestamp, a full stop and the body, in hexadecimal. */
async function sign(secret: string, timestamp: number, body: WebhookBody): Promise<string> {
  const signature = createHmac('sha256', secret).update(`${timestamp}.`)
  for await (const piece of body.read()) signature.update(piece)
  return signature.digest('hex')
}

export function allowedRanges(): AllowedRange[] {
  return parseRanges(env('CORDON_WEBHOOK_PRIVATE'))
}

/**
 * Reads the address of a webhook and looks where it leads.
 * @throws ExpectedError 'invalid-input' when it is no https address, holds a password, or leads to an address that is not allowed
 */
export async function checkWebhookUrl(text: string): Promise<{ url: URL; target: Reachable }> {
  if (!URL.canParse(text))
    throw new ExpectedError('invalid-input', 'Give an address like https://example.org/hook.')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new ExpectedError('invalid-input', 'A webhook’s address starts with https://.')
  if (url.username !== '' || url.password !== '')
    throw new ExpectedError(
      'invalid-input',
      'Leave name and password out of the address: check the signature instead.',
    )
  const target = await resolveReachable(url.hostname, allowedRanges())
  if (url.protocol === 'http:' && target.isPublic)
    throw new ExpectedError('invalid-input', 'Over public networks a webhook’s address starts with https://.')
  return { url, target }
}

/**
 * Posts to a webhook. The name is looked up once and the connection made to what was found; redirects are not followed.
 * @throws ExpectedError with what went wrong, 'unavailable' or 'invalid-input'; 'not-found' when the receiver says that it is gone for good
 */
export async function sendWebhook(post: WebhookPost, stop?: AbortSignal): Promise<void> {
  const { url, target } = await checkWebhookUrl(post.url)
  const { status, text } = await request(url, target, await headersOf(post), post.body, stop)
  if (status >= 200 && status < 300) return
  if (status === 410) throw new ExpectedError('not-found', 'The receiver answers that it is gone (410).')
  const redirected = status >= 300 && status < 400 ? ': redirects are not followed' : ''
  // what servers inside say is not for whoever may set a webhook
  const said = target.isPublic ? printable(text) : ''
  throw new ExpectedError('unavailable', `The receiver answered ${status}${redirected}${said && `: ${said}`}`)
}

type Answer = { status: number; text: string }

async function headersOf({ secret, body, event, deliveryId }: WebhookPost) {
  const timestamp = Math.floor(now().getTime() / 1000)
  return {
    'content-type': body.type,
    'content-length': body.bytes,
    ...(body.fileName !== undefined && { 'content-disposition': `attachment; filename="${body.fileName}"` }),
    'user-agent': 'Cordon',
    'cordon-event': event,
    'cordon-delivery': deliveryId,
    'cordon-signature': `t=${timestamp},v1=${await sign(secret, timestamp, body)}`,
  }
}

function request(
  url: URL,
  target: Reachable,
  headers: http.OutgoingHttpHeaders,
  body: WebhookBody,
  stop: AbortSignal | undefined,
): Promise<Answer> {
  const client = url.protocol === 'https:' ? https : http
  const limit = AbortSignal.timeout(
    Math.min(TIMEOUT_MS + Math.ceil(body.bytes / LEAST_BYTES_A_MS), MAX_TIMEOUT_MS),
  )
  return new Promise((resolve, reject) => {
    // refused, silent, no TLS: in the same words, so that nobody learns which ports are open inside
    const fail = (error: Error) => {
      log().info({ code: (error as NodeJS.ErrnoException).code, host: url.host }, 'a webhook was not reached')
      reject(new ExpectedError('unavailable', 'The receiver could not be reached.', { cause: error }))
    }
    const sent = client.request(
      url,
      {
        method: 'POST',
        // a connection of its own, to the address that was looked at
        agent: false,
        lookup: (_host, _options, found) => found(null, [{ address: target.address, family: target.family }]),
        signal: stop === undefined ? limit : AbortSignal.any([limit, stop]),
        headers,
      },
      (response) => readAnswer(response).then(resolve, fail),
    )
    sent.once('error', fail)
    pipeline(Readable.from(body.read()), sent).catch(fail)
  })
}

/** The start of an answer; the rest is not waited for. */
async function readAnswer(response: http.IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of response) {
    pieces.push(piece)
    size += piece.length
    if (size >= MAX_ANSWER_BYTES) break
  }
  response.destroy()
  return { status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') }
}

/** What somebody else's server says, fit for a page and a log. */
function printable(text: string): string {
  return text
    .slice(0, SHOWN_ANSWER)
    .replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ')
    .trim()
}
