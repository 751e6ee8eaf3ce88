'use client'

import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { IconButton } from './button'

type Toast = { id: number; text: ReactNode; tone: 'good' | 'bad' }
type Show = (text: ReactNode, tone?: 'good' | 'bad') => void

const ToastContext = createContext<Show>(() => undefined)
/** Good news goes away by itself; bad news stays until it is closed. */
const SHOWN_MS = 6000
let nextId = 1

/** Says, in a corner, what an action did. */
export function useToast(): Show {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const remove = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const show = useCallback<Show>(
    (text, tone = 'good') => {
      const id = nextId++
      setToasts((all) => [...all.slice(-3), { id, text, tone }])
      if (tone === 'good') setTimeout(() => remove(id), SHOWN_MS)
    },
    [remove],
  )
  return (
    <ToastContext value={show}>
      {children}
      <section
        aria-live="polite"
        aria-label="Messages"
        className="fixed right-4 bottom-4 z-50 flex w-80 flex-col gap-2"
      >
        {toasts.map((toast) => (
          <div key={toast.id} className="flex items-start gap-2 rounded border bg-raised p-2 shadow-float">
            {toast.tone === 'good' ? (
              <CircleCheck aria-label="Done" className="mt-1 size-4 shrink-0 text-good" />
            ) : (
              <TriangleAlert aria-label="Failed" className="mt-1 size-4 shrink-0 text-bad" />
            )}
            <div className="min-w-0 flex-1 py-1">{toast.text}</div>
            <IconButton label="Close message" icon={<X aria-hidden />} onClick={() => remove(toast.id)} />
          </div>
        ))}
      </section>
    </ToastContext>
  )
}
