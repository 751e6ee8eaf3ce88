import { type EntryFacts, listOwners, loadEntryEvidence } from '@/lib/store/screens/decision/form'
import { listGroupChoices } from '@/lib/store/screens/host-groups'
import type { Reader } from '../moves-of'
import { DraftForm, type DraftFormProps } from './draft-form'
import { knownUseOf } from './known-words'

type DraftPageProps = Pick<DraftFormProps, 'initial' | 'target' | 'renewsId'> & {
  entry: EntryFacts
  actor: Reader
}

/** The form with what is known of the binary beside it. */
export async function DraftPage({ entry, actor, ...rest }: DraftPageProps) {
  // whoever is the first to ask after an import waits for it, and can begin meanwhile
  const evidence = loadEntryEvidence(actor.scope, entry)
  const seen = evidence.then(({ topParents, topPatterns, topUsers }) => ({
    parents: topParents,
    patterns: topPatterns,
    users: topUsers,
  }))
  const [groups, owners] = await Promise.all([listGroupChoices(actor.scope), listOwners()])
  return (
    <DraftForm
      {...rest}
      entry={entry}
      mayFleet={actor.scope.kind === 'all'}
      groups={groups}
      owners={owners}
      seen={seen}
      known={evidence.then((found) => knownUseOf(found, entry.name))}
    />
  )
}
