import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import { classifyPath, fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import { remembered } from '@/lib/pipeline/remembered'

const NAME_LENGTH_MAX = 64

/** Windows appends the session's id to the name of a per-user service. */
const SESSION_SUFFIX = /_[0-9a-f]{4,16}$/

/** svchost.exe names its service with -s, or only its group with -k. Bounded: service names are short. */
const SERVICE = /\s-s\s+"?([\w.-]{1,64})/i
const SERVICE_GROUP = /\s-k\s+"?([\w.-]{1,64})/i

/** A program as a parent: "winword.exe @ program files". Generated parts of the name are masked. */
export const programOf = remembered((image): string => {
  const name = mask(fileName(image) || 'unnamed').slice(0, NAME_LENGTH_MAX)
  return `${name} @ ${classifyPath(image)}`
})

/** Printed by sources in place of a parent they do not know. */
const NOT_REPORTED = new Set(['', '-'])

function serviceOf(commandLine: string): string | null {
  const text = ` ${commandLine}`
  const name = SERVICE.exec(text)?.[1] ?? SERVICE_GROUP.exec(text)?.[1]
  return name?.toLowerCase().replace(SESSION_SUFFIX, '') ?? null
}

/**
 * The parent as a feature value, with the service where it is svchost.exe: "svchost.exe @ system (schedule)".
 * null where the source does not report a parent.
 */
export function parentOf(image: string | null, commandLine: string | null): string | null {
  if (image === null || NOT_REPORTED.has(image.trim())) return null
  const program = programOf(image)
  const service = program.startsWith('svchost.exe @') && commandLine !== null ? serviceOf(commandLine) : null
  return service === null ? program : `${program} (${service})`
}
