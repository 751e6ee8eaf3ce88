import { CONTEXT_ENTRIES } from './entries/context'
import { DEVELOPER_TOOL_ENTRIES } from './entries/developer-tools'
import { DOTNET_ENTRIES } from './entries/dotnet'
import { LIBRARY_ENTRIES } from './entries/libraries'
import { MACOS_ENTRIES } from './entries/macos'
import { NAMED_ENTRIES } from './entries/named'
import { PRODUCT_OPTIONAL_ENTRIES } from './entries/products-optional'
import { SCRIPT_ENTRIES } from './entries/scripts'
import { WINDOWS_ENTRIES } from './entries/windows'
import { WINDOWS_OPTIONAL_ENTRIES } from './entries/windows-optional'
import type { CatalogueEntry } from './entry'

/** The built-in catalogue; names, paths and techniques as of 2026-07-31. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...NAMED_ENTRIES,
  ...MACOS_ENTRIES,
  ...WINDOWS_ENTRIES,
  ...DOTNET_ENTRIES,
  ...DEVELOPER_TOOL_ENTRIES,
  ...LIBRARY_ENTRIES,
  ...SCRIPT_ENTRIES,
  ...WINDOWS_OPTIONAL_ENTRIES,
  ...PRODUCT_OPTIONAL_ENTRIES,
  ...CONTEXT_ENTRIES,
]
