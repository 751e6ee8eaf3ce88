import { z } from 'zod'

/** Longest host name of DNS. */
const MAX_HOST = 253

/** A host name that a person or client gives. */
export const HostName = z
  .string()
  .trim()
  .min(1, 'Give a host name.')
  .max(MAX_HOST, `A host name has at most ${MAX_HOST} characters.`)
  .refine((host) => !host.includes('\0'), 'must not contain NUL')
