'use client'

import { clsx } from 'clsx'
import { useState } from 'react'
import type { Block, Control } from '@/lib/pipeline/decision/block'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import { ControlLadder, type LadderStep } from './control-ladder'
import { ExceptionList, type ListedException } from './exception-list'
import { InterruptedBy, type InterruptedFacet } from './interrupted-by'
import { ScopeField } from './scope-field'
import type { Named, NamedHosts } from './scope-words'
import { useBlockUrl } from './use-block-url'

type WhatIfBuilderProps = {
  block: Block
  control: Control
  ladder: readonly LadderStep[]
  groups: readonly Named[]
  hosts: NamedHosts
  exceptions: readonly ListedException[]
  facets: readonly InterruptedFacet[]
}

/**
 * Builds a block: control, place, exceptions. It holds no state of its own: each choice goes into the URL (`toBlockParams`), and whoever
 * shows it reads the block from there (`readBlockParams`).
 */
export function WhatIfBuilder(props: WhatIfBuilderProps) {
  const { block, control, ladder, groups, hosts, exceptions, facets } = props
  const url = useBlockUrl(block, control)
  const { name } = CONTROL_FACTS[control]
  const [facet, setFacet] = useState<string>('parent')
  return (
    <div
      aria-busy={url.pending}
      className={clsx(
        'grid gap-x-6 gap-y-4 lg:grid-cols-[minmax(18rem,22rem)_minmax(0,1fr)]',
        url.pending && 'opacity-60',
      )}
    >
      <div className="space-y-4">
        <ControlLadder steps={ladder} chosen={url.asked} onChoose={url.change} />
        <ScopeField
          binary={block.slug}
          scope={url.asked.scope}
          groups={groups}
          hosts={hosts}
          onChange={(scope) => url.change({ scope })}
        />
      </div>
      <div className="min-w-0 space-y-4">
        <section aria-label="Exceptions">
          <h3 className="mb-1 font-medium">Except</h3>
          <ExceptionList exceptions={exceptions} controlName={name} onRemove={url.unspare} />
        </section>
        <section aria-label="What is interrupted">
          <h3 className="mb-1 font-medium">What is interrupted</h3>
          <InterruptedBy
            facets={facets}
            controlName={name}
            shown={facet}
            onShow={setFacet}
            onSpare={url.spare}
          />
        </section>
      </div>
    </div>
  )
}
