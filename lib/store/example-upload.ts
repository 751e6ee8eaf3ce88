import type { NewUpload } from './imports'

/** An upload of a test, which is being read. */
export const EXAMPLE_UPLOAD: NewUpload = {
  channel: 'api',
  name: 'test',
  sizeBytes: null,
  state: 'running',
  hostOverride: null,
  actorName: 'test',
}
