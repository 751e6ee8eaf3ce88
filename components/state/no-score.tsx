import { effectOfState, type TriageState } from '@/lib/pipeline/deviation/triage'

/** In the place of a score, for an item of which nothing deviates. */
export function NoScore({ state }: { state: TriageState }) {
  const ruled = effectOfState(state) !== null
  return (
    <span
      className="text-muted"
      title={
        ruled ? 'A ruling explains every use of it' : 'No use of it deviates as far as scores are computed'
      }
    >
      {ruled ? 'explained' : 'none'}
    </span>
  )
}
