import type { Signature } from '@/lib/pipeline/baseline/signature'

const HOSTS = new Set(['wscript.exe', 'cscript.exe'])
const KINDS = new Set(['vbs', 'js', 'wsf'])
/** Who starts what people set up for themselves: their desktop at logon, their tasks. */
const STARTERS = /^(?:explorer\.exe @ windows|svchost\.exe @ system \(schedule\))$/

/** Whether a person's own script runs at logon or by a task, from a folder of theirs that is no application data. */
export function isOwnTaskScript({ slug, target, features }: Signature): boolean {
  return (
    HOSTS.has(slug) &&
    target?.class === 'user-profile' &&
    KINDS.has(target.extension ?? '') &&
    features.user?.startsWith('system') !== true &&
    STARTERS.test(features.parent ?? '')
  )
}
