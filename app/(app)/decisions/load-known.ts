import { unknownHostsWords } from '@/components/decision/scope-words'
import { ExpectedError } from '@/lib/errors'
import { checked } from '@/lib/operations/checked'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { UseSeen } from '@/lib/pipeline/decision/evidence'
import { DecisionScopeSchema, MAX_HOSTS, TOO_MANY_HOSTS } from '@/lib/pipeline/decision/schemas'
import {
  type EntryFacts,
  findEntryFacts,
  findHosts,
  loadEntryEvidence,
  loadEvidenceThere,
} from '@/lib/store/screens/decision/form'
import type { Places } from './draft-form/draft-values'
import { type KnownUse, knownUseOf } from './draft-form/known-words'
import type { Reader } from './moves-of'

/** What is known of a binary's use in the places that a form says. @throws ExpectedError */
export async function loadKnownUse({ scope }: Reader, slug: string, places: Places): Promise<KnownUse> {
  const entry = await entryOf(slug)
  const where = places.kind === 'hosts' ? await namedHosts(scope, places.names) : places
  return knownUseOf(await loadEvidenceThere(scope, entry, checked(DecisionScopeSchema, where)), entry.name)
}

/** How much a binary ran on the hosts in sight; null = there is no telemetry. @throws ExpectedError 'not-found' */
export async function loadUseSeen({ scope }: Reader, slug: string): Promise<UseSeen | null> {
  const { window, executions, hosts, earlier } = await loadEntryEvidence(scope, await entryOf(slug))
  return window === null ? null : { window, executions, hosts, earlier }
}

async function entryOf(slug: string): Promise<EntryFacts> {
  const entry = await findEntryFacts(slug)
  if (!entry) throw new ExpectedError('not-found', 'The catalogue has no such binary.')
  return entry
}

async function namedHosts(scope: Reader['scope'], names: readonly string[]): Promise<DecisionScope> {
  if (names.length > MAX_HOSTS) throw new ExpectedError('invalid-input', TOO_MANY_HOSTS)
  const { ids, unknown } = await findHosts(scope, names)
  if (unknown.length > 0) throw new ExpectedError('invalid-input', unknownHostsWords(unknown))
  return { kind: 'hosts', ids }
}
