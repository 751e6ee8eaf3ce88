import { type Actor, actorIdOf } from '@/lib/pipeline/actor'

/** What has an end that can be waited for; a shipper's upload stays open all day. */
const CHANNELS = ['browser', 'api', 'command-line']

/** The uploads that an actor may pause and cancel: an account of some host groups sees only its own. */
export function ownUploads(actor: Actor) {
  return {
    channel: { in: CHANNELS },
    ...(actor.scope.kind === 'groups' && { actorId: actorIdOf(actor) }),
  }
}
