import { defaultValue } from '@/lib/pipeline/normalise/command-line/environment'

/** %NAME%, %%NAME%% as event logs print it, and %NAME:~start,length% of cmd.exe. */
const REFERENCE = /%{1,2}([a-z][a-z0-9()_]{1,23})(?::~(-?\d{1,3})(?:,(-?\d{1,3}))?)?%{1,2}/gi
/** $env:NAME of PowerShell. */
const POWERSHELL = /\$(?:env:([a-z][a-z0-9_]{1,23})|\{env:([a-z][a-z0-9()_]{1,23})\})/gi

/** A text with the variables that have the same value on every default installation put in; others stay as they are. */
export function withVariables(text: string): string {
  return text
    .replace(REFERENCE, (written, name: string, start?: string, length?: string) => {
      const value = defaultValue(name)
      return value === null ? written : cut(value, start, length)
    })
    .replace(
      POWERSHELL,
      (written, bare?: string, braced?: string) => defaultValue(bare ?? braced ?? '') ?? written,
    )
}

/** As cmd.exe cuts: a negative start counts from the end, a negative length leaves so many out there. */
function cut(value: string, start?: string, length?: string): string {
  if (start === undefined) return value
  const tail = value.slice(Number(start))
  return length === undefined ? tail : tail.slice(0, Number(length))
}
