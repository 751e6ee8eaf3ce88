import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'

const PROCESS = '#microsoft.graph.security.processEvidence'
const DEVICE = '#microsoft.graph.security.deviceEvidence'

/**
 * The processes among the evidence of an alert of Defender's, as Microsoft Graph (alerts_v2) and Defender for Endpoint's own interface print it: each as
 * `processEvidence` beside the `deviceDnsName` of the device that it ran on. The alert itself where it has none.
 */
export function processesOfAlert(alert: JsonObject): readonly JsonObject[] {
  const evidence = Array.isArray(alert['evidence']) ? alert['evidence'].filter(isObject) : []
  const processes = evidence.filter(
    (one) => one['@odata.type'] === PROCESS || one['entityType'] === 'Process',
  )
  const devices = evidence.filter((one) => one['@odata.type'] === DEVICE)
  if (processes.length === 0) return [alert]
  return processes.map((processEvidence) => ({
    processEvidence,
    deviceDnsName: alert['computerDnsName'] ?? deviceOf(processEvidence, devices),
  }))
}

/** An alert may tell of several devices. */
function deviceOf({ mdeDeviceId: id }: JsonObject, devices: readonly JsonObject[]): JsonValue {
  const own = devices.find(({ mdeDeviceId }) => mdeDeviceId !== undefined && mdeDeviceId === id)
  const device = own ?? (devices.length === 1 && id === undefined ? devices[0] : undefined)
  return device?.['deviceDnsName'] ?? null
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
