import type { MessagePort, Worker } from 'node:worker_threads'
import { type ErrorCode, ExpectedError } from '@/lib/errors'

/** What a thread answers, by name; arguments and values are copied on their way. */
export type Methods = Readonly<Record<string, (argument: never) => unknown>>

type Call = { call: number; method: string; argument: unknown }
type Answer = { call: number; value: unknown } | { call: number; error: SentError }
/** A failure on its way to another thread: a copied error would lose its code, by which whoever asked tells failures apart. */
export type SentError = {
  isExpected: boolean
  name: string
  message: string
  stack: string | undefined
  code: unknown
}

/** Of a failure in another thread that had no code of its own: it is ours, and nothing that was read is to blame. */
export const THREAD_FAILED = 'ERR_THREAD'

/** Answers calls from another thread, as many at once as it makes. */
export function answerCalls(port: MessagePort, methods: Methods): void {
  port.on('message', async ({ call, method, argument }: Call) => {
    port.postMessage(await answer(call, async () => methods[method]?.(argument as never)))
  })
}

async function answer(call: number, work: () => Promise<unknown>): Promise<Answer> {
  try {
    return { call, value: await work() }
  } catch (error) {
    return { call, error: toSent(error) }
  }
}

type Waiting = { resolve: (value: unknown) => void; reject: (error: unknown) => void }

/** Calls what another thread answers. Once it has ended, every call fails, those under way too. */
export class Calls<M extends Methods> {
  private readonly waiting = new Map<number, Waiting>()
  private last = 0
  private failure: Error | null = null

  constructor(private readonly thread: Worker) {
    thread.on('message', (answered: Answer) => this.take(answered))
    thread.on('error', (error) => this.fail(failureOf(error)))
    thread.on('exit', () => this.fail(failureOf('it ended')))
  }

  call<K extends keyof M & string>(
    method: K,
    argument: Parameters<M[K]>[0],
    transfer: ArrayBuffer[] = [],
  ): Promise<Awaited<ReturnType<M[K]>>> {
    const { failure } = this
    if (failure !== null) return Promise.reject(failure)
    const call = ++this.last
    return new Promise((resolve, reject) => {
      this.waiting.set(call, { resolve: resolve as Waiting['resolve'], reject })
      this.thread.postMessage({ call, method, argument } satisfies Call, transfer)
    })
  }

  private take(answered: Answer): void {
    const waiting = this.waiting.get(answered.call)
    this.waiting.delete(answered.call)
    if ('error' in answered) waiting?.reject(toError(answered.error))
    else waiting?.resolve(answered.value)
  }

  private fail(failure: Error): void {
    this.failure ??= failure
    for (const { reject } of this.waiting.values()) reject(this.failure)
    this.waiting.clear()
  }
}

function failureOf(reason: unknown): Error {
  return Object.assign(new Error(`a thread failed: ${String(reason)}`), { code: THREAD_FAILED })
}

export function toSent(error: unknown): SentError {
  const isExpected = error instanceof ExpectedError
  const { name, message, stack, code }: Error & { code?: unknown } =
    error instanceof Error ? error : new Error(String(error))
  return { isExpected, name, message, stack, code: code ?? THREAD_FAILED }
}

export function toError({ isExpected, name, message, stack, code }: SentError): Error {
  if (isExpected) return new ExpectedError(code as ErrorCode, message)
  return Object.assign(new Error(message), { name, stack, code })
}
