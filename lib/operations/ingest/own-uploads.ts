import type { Actor } from '@/lib/pipeline/actor'
import { importViewer } from '@/lib/store/screens/imports'

/** What has an end that can be waited for; a shipper's upload stays open all day. */
const CHANNELS = ['browser', 'api', 'command-line']

/** The uploads that an actor may pause and cancel: those that it sees. */
export function ownUploads(actor: Actor) {
  const { scope, actorId } = importViewer(actor)
  return { channel: { in: CHANNELS }, ...(scope.kind === 'groups' && { actorId }) }
}
