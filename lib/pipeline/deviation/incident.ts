/** What an incident takes in: what it judges anew, and what of it was learned from. */
export type IncidentEffect = {
  hosts: number
  hostDays: number
  executions: number
  trustedExecutions: number
}
