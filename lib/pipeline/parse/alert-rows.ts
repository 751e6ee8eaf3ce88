import { isObject, type JsonObject, type JsonValue } from '@/lib/pipeline/event/raw-record'

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
  if (processes.length === 0) return [alert]
  const devices = new Devices(evidence.filter((one) => one['@odata.type'] === DEVICE))
  return processes.map((processEvidence) => ({
    processEvidence,
    deviceDnsName: alert['computerDnsName'] ?? devices.nameFor(processEvidence),
  }))
}

/** The devices that an alert tells of, which may be several. */
class Devices {
  private readonly byId: ReadonlyMap<JsonValue | undefined, JsonObject>

  constructor(private readonly devices: readonly JsonObject[]) {
    // the first of an id counts
    this.byId = new Map(devices.toReversed().map((device) => [device['mdeDeviceId'], device]))
  }

  nameFor({ mdeDeviceId: id }: JsonObject): JsonValue {
    const only = this.devices.length === 1 ? this.devices[0] : undefined
    const device = id === undefined ? only : this.byId.get(id)
    return device?.['deviceDnsName'] ?? null
  }
}
