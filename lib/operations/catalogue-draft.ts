import { z } from 'zod'
import { ENTRY_KINDS, TIERS } from '@/lib/pipeline/catalogue/entry'

const FILE_NAME = /^[\w .()+@-]{1,120}$/
const MAX_LIST = 200

const fileName = z
  .string()
  .trim()
  .regex(FILE_NAME, 'A name is a file name like Rundll32.exe: letters, digits, spaces and . _ - ( ) + @')
const list = (item: z.ZodType<string>) =>
  z.array(item).max(MAX_LIST, `A list has at most ${MAX_LIST} entries.`)
const text = (max: number) => z.string().trim().max(max, `A text has at most ${max} characters.`)

/** An entry as people fill it in or a file brings it. */
export const CatalogueDraft = z.object({
  name: fileName,
  kind: z.enum(ENTRY_KINDS, 'Choose what kind of file it is.'),
  tier: z.enum(TIERS, 'Choose a tier.'),
  platform: z.enum(['windows', 'macos']),
  originalFileNames: list(fileName.transform((name) => name.toLowerCase())),
  paths: list(text(1024)),
  description: text(4000),
  legitimateUse: text(4000).nullable(),
  functions: list(text(60)),
  attack: list(z.string().regex(/^T\d{4}(\.\d{3})?$/, 'A technique is like T1218 or T1218.011.')),
  countermeasures: list(text(60)),
})
export type CatalogueDraft = z.input<typeof CatalogueDraft>
