import { DEFENDER_DETECTION } from './defender'
import type { DetectionLanguage } from './detection'
import { EDR_DETECTION } from './edr'
import { SIGMA_DETECTION } from './sigma'
import { SPLUNK_DETECTION } from './splunk'

/** Every language that detections are written in. */
export const DETECTION_LANGUAGES: readonly DetectionLanguage[] = [
  SIGMA_DETECTION,
  DEFENDER_DETECTION,
  SPLUNK_DETECTION,
  EDR_DETECTION,
]
