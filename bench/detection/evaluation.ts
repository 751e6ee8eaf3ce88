import type { LabelledExecution } from './assess'
import type { Fleet } from './processes'
import type { Truth } from './truth'

/** A log with what is known of it. */
export type Evaluation = {
  fleet: Fleet<unknown>
  executions: readonly LabelledExecution[]
  /** Labelled executions that were never scored. */
  missing: readonly Truth[]
}
