import { z } from 'zod'

export const SearchQuery = z.object({
  q: z
    .string()
    .min(2)
    .max(200)
    .refine((text) => !text.includes('\0'), 'must not contain NUL')
    .describe('Part of a name'),
})

export const SearchAnswer = z.object({
  results: z
    .array(
      z.object({
        type: z.enum(['Host', 'Binary', 'Deviation', 'Decision', 'View']),
        label: z.string(),
        href: z.string(),
      }),
    )
    .max(30)
    .describe('Those that start with the text come first'),
})
