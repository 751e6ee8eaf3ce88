'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { type ActionAnswer, answerOf } from './action-answer'

/** As long as somebody goes on choosing or typing, nothing is asked: actions wait for each other. */
const SETTLED_MS = 300

/**
 * What a server action answers, asked anew for another `key`: all that the answer depends on; null = nothing is asked. Answers null while it is on its way.
 * `atOnce`: nobody is choosing.
 */
export function useAnswer<T>(
  key: string | null,
  ask: () => Promise<ActionAnswer<T>>,
  atOnce = false,
): ActionAnswer<T> | null {
  const [answered, setAnswered] = useState<{ key: string; answer: ActionAnswer<T> } | null>(null)
  const askNow = useEffectEvent(ask)
  useEffect(() => {
    if (key === null) return
    let closed = false
    const timer = setTimeout(
      async () => {
        const answer = await answerOf(() => askNow())
        if (!closed) setAnswered({ key, answer })
      },
      atOnce ? 0 : SETTLED_MS,
    )
    return () => {
      closed = true
      clearTimeout(timer)
    }
  }, [key, atOnce])
  return answered !== null && answered.key === key ? answered.answer : null
}
