import { fromAlertEvidence } from './alert-evidence'
import { fromCarbonBlack } from './carbon-black'
import { fromCarbonBlackCloud } from './carbon-black-cloud'
import { fromCommonInformation } from './common-information'
import { fromCortex } from './cortex'
import { fromCrowdStrike } from './crowdstrike'
import { fromElasticEndpoint } from './elastic-endpoint'
import type { EndpointReader } from './endpoint-creation'
import { fromEqllib } from './eqllib'
import { fromFalconDetection } from './falcon-detection'
import { fromListedSensors } from './listed-sensors'
import { fromOpenSchema } from './open-schema'
import { fromOsquery } from './osquery'
import { fromSentinelModel } from './sentinel-model'
import { fromSentinelOne } from './sentinel-one'
import { fromUnifiedModel } from './unified-model'
import { fromVelociraptor } from './velociraptor'

/** Dialects of endpoint sensors, each told by keys of its own: the vaguest and the rarest come last. */
const READERS: readonly EndpointReader[] = [
  fromCrowdStrike,
  fromVelociraptor,
  fromElasticEndpoint,
  fromSentinelOne,
  // before those that a type of event and a time are enough for
  fromListedSensors,
  fromSentinelModel,
  fromCarbonBlack,
  fromEqllib,
  fromOsquery,
  fromCommonInformation,
  fromCarbonBlackCloud,
  fromCortex,
  fromUnifiedModel,
  fromOpenSchema,
  fromAlertEvidence,
  fromFalconDetection,
]

/** A record that is no Windows event, as the sensor that wrote it means it; null where no dialect is known. */
export const readEndpoint: EndpointReader = (fields, position, context) => {
  for (const reader of READERS) {
    const result = reader(fields, position, context)
    if (result !== null) return result
  }
  return null
}
