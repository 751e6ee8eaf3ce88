import { APP_CONTROL_AUDIT, APPLOCKER_AUDIT } from './application-control'
import type { AuditConfig } from './audit-config'
import { EVENT_FORWARDING } from './event-forwarding'
import { FILTERING_PLATFORM } from './filtering-platform'
import { OSQUERY } from './osquery'
import { PROCESS_CREATION } from './process-creation'
import { SANTA_MONITOR } from './santa-monitor'
import { SYSMON } from './sysmon'

/** Every tool that Cordon has settings for. */
export const AUDIT_CONFIGS: readonly AuditConfig[] = [
  SYSMON,
  PROCESS_CREATION,
  APPLOCKER_AUDIT,
  APP_CONTROL_AUDIT,
  FILTERING_PLATFORM,
  EVENT_FORWARDING,
  OSQUERY,
  SANTA_MONITOR,
]
