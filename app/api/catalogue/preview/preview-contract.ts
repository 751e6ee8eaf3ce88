import { z } from 'zod'

/** How the file is called: tells YAML from JSON. */
export const PreviewQuery = z.object({ name: z.string().min(1).max(260) })

/** What adding a LOLBAS file would bring. */
export const PreviewAnswer = z.object({
  added: z.array(z.looseObject({ slug: z.string(), name: z.string(), kind: z.string(), tier: z.string() })),
  changed: z.array(z.object({ name: z.string(), fields: z.array(z.string()) })),
  unchanged: z.number().int().min(0),
  warnings: z.array(z.object({ where: z.string(), reason: z.string() })),
})
