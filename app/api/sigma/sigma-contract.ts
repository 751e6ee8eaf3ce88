import { z } from 'zod'

/** Zips of public collections are below 8 MB; as JSON text they are below 30. */
export const MAX_MIB = 48

export const SigmaQuery = z.object({
  set: z.string().describe('The rule set to load into'),
  replace: z.enum(['yes', 'no']).describe('Whether rules of the set that the files do not hold are removed'),
  source: z.string().max(260).describe('File or folder, as the list of rules shows it'),
})
export const SigmaLoadQuery = SigmaQuery.extend({
  version: z.string().max(80).describe('As the preview answered'),
})

const line = z.object({
  id: z.string(),
  title: z.string(),
  level: z.string(),
  unknownFields: z.array(z.string()),
})

/** What loading files would do. */
export const SigmaPreviewAnswer = z.object({
  added: z.array(line),
  changed: z.array(line.extend({ fromSet: z.string() })),
  unchanged: z.number().int().min(0),
  removed: z.array(z.object({ id: z.string(), title: z.string() })),
  refused: z.array(z.object({ path: z.string(), title: z.string().nullable(), reason: z.string() })),
  version: z.string(),
})
export const SigmaLoadAnswer = z.object({
  stored: z.number().int().min(0),
  removed: z.number().int().min(0),
})
