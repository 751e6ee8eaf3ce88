import type { CollectionSource } from './collection'
import { DEFENDER } from './defender'
import { ELASTIC } from './elastic'
import { FALCON } from './falcon'
import { LOG_ANALYTICS } from './log-analytics'
import { SPLUNK } from './splunk'
import { VELOCIRAPTOR } from './velociraptor'

/** Every product that Cordon has questions for. */
export const COLLECTION_SOURCES: readonly CollectionSource[] = [
  DEFENDER,
  LOG_ANALYTICS,
  SPLUNK,
  ELASTIC,
  VELOCIRAPTOR,
  FALCON,
]
