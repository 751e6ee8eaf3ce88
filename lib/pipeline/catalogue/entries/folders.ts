/** Folders in which catalogue files are published to live; each helper answers folders without a trailing backslash. */

export const SYSTEM32 = String.raw`C:\Windows\System32`

/** The native and the 32-bit system folder. */
export const SYSTEM: readonly string[] = [SYSTEM32, String.raw`C:\Windows\SysWOW64`]

/** The same folder below Program Files and Program Files (x86). */
export function programFiles(folder: string): readonly string[] {
  return [`C:\\Program Files\\${folder}`, `C:\\Program Files (x86)\\${folder}`]
}

/** Both .NET Framework folders (32 and 64 bit) of each version, such as `v4.0.30319`. */
export function framework(...versions: readonly string[]): readonly string[] {
  return versions.flatMap((version) =>
    ['Framework', 'Framework64'].map((bits) => `C:\\Windows\\Microsoft.NET\\${bits}\\${version}`),
  )
}

/** Debugging tools of the Windows Kits, by processor. */
export function debuggers(...processors: readonly string[]): readonly string[] {
  return processors.map((processor) => `C:\\Program Files (x86)\\Windows Kits\\10\\Debuggers\\${processor}`)
}

/** Office installations by version number: the MSI layout, and Click-to-Run's as it was first published. */
export function office(...versions: readonly (12 | 14 | 15 | 16)[]): readonly string[] {
  return versions.flatMap((version) => {
    const plain = programFiles(`Microsoft Office\\Office${version}`)
    if (version === 12) return plain
    return [
      `C:\\Program Files (x86)\\Microsoft Office ${version}\\ClientX86\\Root\\Office${version}`,
      `C:\\Program Files\\Microsoft Office ${version}\\ClientX64\\Root\\Office${version}`,
      ...plain,
    ]
  })
}

/** Visio and Project, published below Office's folder and below its `root`. */
export const OFFICE_STANDALONE: readonly string[] = [14, 15, 16].flatMap((version) => [
  ...programFiles(`Microsoft Office\\Office${version}`),
  ...programFiles(`Microsoft Office\\root\\Office${version}`),
])

/** Where Visual Studio 2017 and later keep MSBuild; the published list stops at version 14. */
export const VISUAL_STUDIO_MSBUILD: readonly string[] = ['15.0', 'Current'].flatMap((version) =>
  ['', '\\amd64'].flatMap((bits) =>
    programFiles(`Microsoft Visual Studio\\<version>\\<edition>\\MSBuild\\${version}\\Bin${bits}`),
  ),
)

/** Where Visual Studio 2017 and later keep the C# and Visual Basic compilers. */
export const VISUAL_STUDIO_ROSLYN: readonly string[] = ['15.0', 'Current'].flatMap((version) =>
  programFiles(`Microsoft Visual Studio\\<version>\\<edition>\\MSBuild\\${version}\\Bin\\Roslyn`),
)
