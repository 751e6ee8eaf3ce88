import type { ModuleLoad } from '@/lib/pipeline/event/event'
import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import { isUserWritable } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import { describeCleanPath, type PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { storableText } from '@/lib/pipeline/storable-text'
import { TELLING_MODULES } from './telling-modules'
import { toTrait } from './traits'

/** What is judged of a loaded file. */
export type LoadedModule = Pick<ModuleLoad, 'module' | 'signed' | 'signatureStatus'>

const NAME_LENGTH_MAX = 64
const UNSIGNED = ', unsigned'
/** Signed, but by nobody that the host trusts. */
const BAD_STATUS: ReadonlySet<string> = new Set(['revoked', 'erroruntrusted', 'errorchaining'])
/** .NET compiles assemblies into files of its own, which nobody signs. */
const NATIVE_IMAGES = /^c:\\windows\\assembly\\(?:nativeimages|temp)/

function isUnsigned({ signed, signatureStatus }: LoadedModule): boolean {
  return signed === false || (signatureStatus !== null && BAD_STATUS.has(signatureStatus))
}

/**
 * The feature value of a loaded file: "payload.dll @ user-temp, unsigned"; null where it says nothing: Windows' own files, except those that
 * bring a script engine, .NET, the web or credentials along, and the program's own file unless it is unsigned.
 * `image` is the program's path.
 */
export function moduleValue(loaded: LoadedModule, image: string | null): string | null {
  const path = cleanPath(loaded.module)
  const { class: location, name } = describeCleanPath(path)
  const unsigned = isUnsigned(loaded)
  if (!isNotable(path, location, name ?? '', unsigned, image)) return null
  const shown = mask(name ?? 'unnamed').slice(0, NAME_LENGTH_MAX)
  return storableText(`${shown} @ ${location}${unsigned ? UNSIGNED : ''}`)
}

function isNotable(
  path: string,
  location: PathClass,
  name: string,
  unsigned: boolean,
  image: string | null,
): boolean {
  if (image !== null && path === cleanPath(image)) return unsigned
  if (location !== 'system' && location !== 'windows') return true
  return TELLING_MODULES.has(name) || (unsigned && !NATIVE_IMAGES.test(path))
}

/** The `module` trait of a process. */
export function moduleTrait(loads: readonly LoadedModule[], image: string | null): string[] {
  const values = loads.flatMap((loaded) => moduleValue(loaded, image) ?? [])
  return toTrait(values, (value) => Number(!isUnsignedValue(value)) * 2 + Number(!isWritableValue(value)))
}

/** Whether a value of the trait is of a file without a valid signature. */
export function isUnsignedValue(value: string): boolean {
  return value.endsWith(UNSIGNED)
}

/** Whether a value of the trait is of a file in a folder that users can write to. */
export function isWritableValue(value: string): boolean {
  const location = value.slice(value.lastIndexOf(' @ ') + 3).replace(UNSIGNED, '')
  return isUserWritable(location as PathClass)
}
