import { countOf } from '@/components/ui/numbers'

/** What a change of the catalogue did to the past. */
export function rematchedWords({ executions, hosts }: { executions: number; hosts: number }): string {
  const parts = [
    executions > 0 && `${countOf(executions, 'past execution')} appeared`,
    hosts > 0 && `${countOf(hosts, 'host')} will be computed again`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? 'Nothing in the past is touched by it.' : `${parts.join('; ')}.`
}
