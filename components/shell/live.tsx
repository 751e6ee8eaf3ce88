'use client'

import { useRouter } from 'next/navigation'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { Connection, type ConnectionState, serverAnswers } from './connection'

/** Told the kinds of what changed; null = anything may have. */
type Listener = (kinds: ReadonlySet<string> | null) => void

const LiveContext = createContext<Set<Listener>>(new Set())
const ConnectionContext = createContext<Connection | null>(null)
/** A stream that was refused, or whose server is away behind its proxy, is opened again: browsers try no further themselves. */
const REOPEN_MS = 15_000
/** However much changes, a listener asks the server this often. */
const THROTTLE_MS = 2_000

/** One stream of changes a window, while it is in sight: browsers allow few connections, and nobody reads a hidden page. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const listeners = useRef(new Set<Listener>())
  const router = useRouter()
  // what is shown is of before, wherever it does not follow changes by itself
  const [connection] = useState(() => new Connection(serverAnswers, () => router.refresh()))
  useEffect(() => {
    const tell: Listener = (kinds) => {
      for (const listener of listeners.current) listener(kinds)
    }
    return followChanges(tell, connection)
  }, [connection])
  return (
    <ConnectionContext value={connection}>
      <LiveContext value={listeners.current}>{children}</LiveContext>
    </ConnectionContext>
  )
}

const UP: ConnectionState = { kind: 'up' }
const never = () => () => undefined

/** Whether the server can be reached, as it changes. */
export function useConnection(): ConnectionState {
  const connection = useContext(ConnectionContext)
  return useSyncExternalStore(connection?.subscribe ?? never, connection?.current ?? isUp, isUp)
}

/** Tells at any moment whether the server can be reached. */
export function useIsConnected(): () => boolean {
  const connection = useContext(ConnectionContext)
  return () => connection === null || connection.current().kind === 'up'
}

function isUp(): ConnectionState {
  return UP
}

/** Opens the stream when the page comes into sight and closes it when it goes; what was missed meanwhile, or since the page was made, is anything. */
function followChanges(tell: Listener, connection: Connection): () => void {
  let source: EventSource | null = null
  let reopening: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource('/api/live')
    source.onerror = () => {
      connection.doubt()
      if (source?.readyState !== EventSource.CLOSED) return
      source = null
      reopening = setTimeout(open, REOPEN_MS)
    }
    source.onopen = () => tell(null)
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const kinds: string[] = JSON.parse(data)
      tell(kinds.includes('anything') ? null : new Set(kinds))
    }
  }
  const close = () => {
    clearTimeout(reopening)
    source?.close()
    source = null
  }
  const onVisibility = () => (document.visibilityState === 'visible' ? open() : close())
  if (document.visibilityState === 'visible') open()
  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('offline', connection.doubt)
  window.addEventListener('online', connection.doubt)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('offline', connection.doubt)
    window.removeEventListener('online', connection.doubt)
    connection.end()
    close()
  }
}

/** Calls back when something of these kinds changed on the server, at once and then at most every two seconds. */
export function useLive(kinds: readonly string[], onChange: () => void): void {
  const listeners = useContext(LiveContext)
  const current = useRef(onChange)
  useEffect(() => {
    current.current = onChange
  })
  const wanted = kinds.join()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let lastAt = Number.NEGATIVE_INFINITY
    const run = () => {
      timer = undefined
      lastAt = performance.now()
      current.current()
    }
    const listener: Listener = (changed) => {
      if (changed !== null && !wanted.split(',').some((kind) => changed.has(kind))) return
      timer ??= setTimeout(run, Math.max(0, lastAt + THROTTLE_MS - performance.now()))
    }
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      clearTimeout(timer)
    }
  }, [listeners, wanted])
}
