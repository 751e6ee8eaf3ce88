import { InertText } from '@/components/command-line/inert-text'
import type { SplitPreview } from '@/lib/store/screens/host/split-preview'
import { DecisionLink } from '../decisions/[id]/decision-link'

/** Which decisions a merge or a split lets hold for other hosts. */
export function ChangedBlocks({ blocks }: { blocks: Readonly<SplitPreview> }) {
  if (blocks.length === 0) return 'Blocks in audit or in force hold for the same hosts as before.'
  return (
    <>
      Decisions go with their hosts, and who answers for these is told:
      <ul className="list-disc pl-5">
        {blocks.map(({ decisionId, binary, holds, hosts }) => (
          <li key={decisionId}>
            <DecisionLink id={decisionId} /> on {binary} {holds ? 'begins to hold' : 'no longer holds'} for{' '}
            <InertText text={hosts.join(', ')} />.
          </li>
        ))}
      </ul>
    </>
  )
}
