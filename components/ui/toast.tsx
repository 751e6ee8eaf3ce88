'use client'

import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { IconButton } from './button'

type Toast = { id: number; text: ReactNode; tone: 'good' | 'bad'; about: string | undefined }
/** A message takes the place of the one before that was about the same. */
type Show = (text: ReactNode, tone?: 'good' | 'bad', about?: string) => void

const ToastContext = createContext<Show>(() => undefined)
/** Good news goes away by itself, but not from under a pointer or the focus; bad news stays until it is closed. */
const SHOWN_MS = 6000
let nextId = 1

/** Says, in a corner, what an action did. */
export function useToast(): Show {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const [held, setHeld] = useState(false)
  const removeWhere = useCallback((isGone: (toast: Toast) => boolean) => {
    setToasts((all) => all.filter((toast) => !isGone(toast)))
    // what is gone is neither left nor blurred
    setHeld(false)
  }, [])
  const remove = useCallback((id: number) => removeWhere((toast) => toast.id === id), [removeWhere])
  const show = useCallback<Show>(
    (text, tone = 'good', about = undefined) => {
      const id = nextId++
      if (about !== undefined) removeWhere((toast) => toast.about === about)
      setToasts((all) => [...all.slice(-3), { id, text, tone, about }])
    },
    [removeWhere],
  )
  return (
    <ToastContext value={show}>
      {children}
      <section
        aria-live="polite"
        aria-label="Messages"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
        className="fixed right-4 bottom-4 z-50 flex w-80 flex-col gap-2"
      >
        {toasts.map((toast) => (
          <Message key={toast.id} {...toast} held={held} close={remove} />
        ))}
      </section>
    </ToastContext>
  )
}

function Message({ id, text, tone, held, close }: Toast & { held: boolean; close: (id: number) => void }) {
  useEffect(() => {
    if (tone === 'bad' || held) return
    const timer = setTimeout(() => close(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [id, tone, held, close])
  return (
    <div className="flex items-start gap-2 rounded border bg-raised p-2 shadow-float">
      {tone === 'good' ? (
        <CircleCheck aria-label="Done" className="mt-1 size-4 shrink-0 text-good" />
      ) : (
        <TriangleAlert aria-label="Failed" className="mt-1 size-4 shrink-0 text-bad" />
      )}
      <div className="min-w-0 flex-1 py-1">{text}</div>
      <IconButton label="Close message" icon={<X aria-hidden />} onClick={() => close(id)} />
    </div>
  )
}
