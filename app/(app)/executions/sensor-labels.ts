import type { Sensor } from '@/lib/pipeline/event/event'

export const SENSOR_LABELS: Record<Sensor, string> = {
  sysmon: 'Sysmon',
  security: 'Security log',
  defender: 'Defender',
  crowdstrike: 'CrowdStrike',
  velociraptor: 'Velociraptor',
  osquery: 'osquery',
  edr: 'Other sensor',
}
