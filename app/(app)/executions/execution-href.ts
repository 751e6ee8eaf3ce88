/** The page of one execution. */
export function executionHref(key: { hostId: number; occurredAtUs: number; id: string }): string {
  return `/executions/${key.hostId}/${key.occurredAtUs}/${key.id}`
}
