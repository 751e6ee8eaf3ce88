import { APP_CONTROL } from './app-control'
import { APPLOCKER } from './applocker'
import { ATTACK_SURFACE_REDUCTION } from './attack-surface-reduction'
import { DISABLING } from './disabling'
import { EDR } from './edr'
import { FIREWALL } from './firewall'
import type { PolicyWriter } from './policy'
import { SANTA } from './santa'

/** Every control that decisions are written for. */
export const POLICY_WRITERS: readonly PolicyWriter[] = [
  APP_CONTROL,
  APPLOCKER,
  ATTACK_SURFACE_REDUCTION,
  FIREWALL,
  SANTA,
  DISABLING,
  EDR,
]
