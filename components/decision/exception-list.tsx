'use client'

import { X } from 'lucide-react'
import { InertText } from '@/components/command-line/inert-text'
import { Badge } from '@/components/ui/badge'
import { IconButton } from '@/components/ui/button'
import { countOf } from '@/components/ui/numbers'
import type { BlockException } from '@/lib/pipeline/decision/block'
import { WEIGHED_SINGLY } from '@/lib/pipeline/decision/what-if'
import { EXCEPTION_WORDS } from './block-words'

export type ListedException = {
  exception: BlockException
  text: string
  /** Whether the chosen control can spare it. */
  expressible: boolean
  /** What would be interrupted beyond the rest if it were taken out; null = it spares nothing that others do not. */
  marginal: { executions: number; hosts: number } | null
}

type ExceptionListProps = {
  exceptions: readonly ListedException[]
  controlName: string
  onRemove: (exception: BlockException) => void
}

/** What a block spares, each with what it alone gives back. */
export function ExceptionList({ exceptions, controlName, onRemove }: ExceptionListProps) {
  if (exceptions.length === 0)
    return <p className="text-muted">Nothing is spared. Spare what normal work needs from the lists below.</p>
  return (
    <ul aria-label="exceptions" className="rounded border">
      {exceptions.map((one, index) => (
        <li
          key={`${one.exception.kind} ${one.text}`}
          className="flex items-start gap-2 border-b px-2 py-1 last:border-b-0"
        >
          <span className="w-14 shrink-0 text-muted text-small leading-6">
            {EXCEPTION_WORDS[one.exception.kind]}
          </span>
          <span className="min-w-0 flex-1">
            <code className="wrap-anywhere">
              <InertText text={one.text || '(no arguments)'} />
            </code>
            <span className="block text-muted text-small">
              {one.expressible ? (
                marginalWords(one, index)
              ) : (
                <Badge
                  tone="warn"
                  title={`${controlName} has no such condition: what this names is blocked all the same`}
                >
                  {controlName} cannot spare this
                </Badge>
              )}
            </span>
          </span>
          <IconButton
            label={`Spare ${one.text} no more`}
            icon={<X aria-hidden />}
            onClick={() => onRemove(one.exception)}
          />
        </li>
      ))}
    </ul>
  )
}

function marginalWords({ marginal }: ListedException, index: number): string {
  if (index >= WEIGHED_SINGLY) return 'Held to; past the first of many, not weighed by itself'
  if (marginal === null) return 'Spares nothing that is not spared or left alone anyway'
  const hosts = marginal.hosts > 0 ? `, ${countOf(marginal.hosts, 'host')} more` : ''
  return `Without it: ${countOf(marginal.executions, 'execution')} more interrupted${hosts}`
}
