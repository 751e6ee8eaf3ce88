import type { ModuleLoad } from '@/lib/pipeline/event/event'
import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import { isUserWritable } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import {
  describeCleanPath,
  locatePath,
  type PathClass,
} from '@/lib/pipeline/normalise/command-line/path-class'
import { storableText } from '@/lib/pipeline/storable-text'
import { liesWithMaker } from './maker'
import { isOfSigningMaker } from './signing-makers'
import { TELLING_MODULES } from './telling-modules'
import { toTrait } from './traits'

/** What is judged of a loaded file. */
export type LoadedModule = Pick<ModuleLoad, 'module' | 'signed' | 'signatureStatus' | 'signer'>

const NAME_LENGTH_MAX = 64
const UNSIGNED = ', unsigned'
/** The same where products are installed, in the folder of a maker that signs all it ships. */
const UNLIKE_MAKER = ", unsigned unlike its maker's"
const INSTALLED: ReadonlySet<PathClass> = new Set(['program-files', 'program-data'])
/** Signed by whoever its folder is named after. */
const BY_MAKER = ', signed by its maker'
/** Signed, but by nobody that the host trusts. */
const BAD_STATUS: ReadonlySet<string> = new Set(['revoked', 'erroruntrusted', 'errorchaining'])
/** .NET compiles assemblies into files of its own, which nobody signs. */
const NATIVE_IMAGES = /^c:\\windows\\assembly\\(?:nativeimages|temp)/

function isUnsigned({ signed, signatureStatus }: LoadedModule): boolean {
  return signed === false || (signatureStatus !== null && BAD_STATUS.has(signatureStatus))
}

function isByMaker({ signed, signer }: LoadedModule, path: string): boolean {
  return signed === true && signer !== null && liesWithMaker(locatePath(path).rest.slice(0, -1), signer)
}

function isUnlikeMaker(path: string): boolean {
  const { class: location, rest } = locatePath(path)
  return INSTALLED.has(location) && isOfSigningMaker(rest.slice(0, -1))
}

function signatureWords(loaded: LoadedModule, path: string): string {
  if (isUnsigned(loaded)) return isUnlikeMaker(path) ? UNLIKE_MAKER : UNSIGNED
  return isByMaker(loaded, path) ? BY_MAKER : ''
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
  return storableText(`${shown} @ ${location}${signatureWords(loaded, path)}`)
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
  return value.endsWith(UNSIGNED) || isUnlikeMakerValue(value)
}

/** Whether a value of the trait is of such a file in the folder of a maker that signs all it ships. */
export function isUnlikeMakerValue(value: string): boolean {
  return value.endsWith(UNLIKE_MAKER)
}

/** Where the file of a value of the trait lies. */
function locationOf(value: string): PathClass {
  const [location = ''] = value.slice(value.lastIndexOf(' @ ') + 3).split(',')
  return location as PathClass
}

/** Whether a value of the trait is of a file in a folder that users can write to. */
export function isWritableValue(value: string): boolean {
  return isUserWritable(locationOf(value))
}

/** Whether a value of the trait is of a file in such a folder that bears a valid signature of whom the folder is named after. */
export function isByMakerIn(value: string, location: PathClass): boolean {
  return value.endsWith(BY_MAKER) && locationOf(value) === location
}

/** A value of the trait without what was later found to be worth telling: what a person allowed stays allowed. */
export function moduleAllowed(value: string): string {
  if (isUnlikeMakerValue(value)) return value.slice(0, -UNLIKE_MAKER.length) + UNSIGNED
  return value.endsWith(BY_MAKER) ? value.slice(0, -BY_MAKER.length) : value
}
