import { fromCommonInformation } from './common-information'
import { fromCrowdStrike } from './crowdstrike'
import { fromElasticEndpoint } from './elastic-endpoint'
import type { EndpointReader } from './endpoint-creation'
import { fromEqllib } from './eqllib'
import { fromOsquery } from './osquery'
import { fromSentinelModel } from './sentinel-model'
import { fromSentinelOne } from './sentinel-one'
import { fromVelociraptor } from './velociraptor'

/** Dialects of endpoint sensors, each told by keys of its own; the vaguest come last. */
const READERS: readonly EndpointReader[] = [
  fromCrowdStrike,
  fromVelociraptor,
  fromElasticEndpoint,
  fromSentinelOne,
  fromSentinelModel,
  fromEqllib,
  fromOsquery,
  fromCommonInformation,
]

/** A record that is no Windows event, as the sensor that wrote it means it; null where no dialect is known. */
export const readEndpoint: EndpointReader = (fields, position, context) => {
  for (const reader of READERS) {
    const result = reader(fields, position, context)
    if (result !== null) return result
  }
  return null
}
