/** What people start, and shells and scripts that do what somebody else says: none of them has habits of its own. */
const PEOPLE = [
  ...[
    'explorer.exe',
    'cmd.exe',
    'powershell.exe',
    'powershell_ise.exe',
    'pwsh.exe',
    'mmc.exe',
    'control.exe',
  ],
  ...['rundll32.exe', 'wscript.exe', 'cscript.exe', 'mshta.exe', 'python.exe', 'pythonw.exe', 'node.exe'],
  ...[
    'chrome.exe',
    'msedge.exe',
    'firefox.exe',
    'outlook.exe',
    'winword.exe',
    'excel.exe',
    'devenv.exe',
    'code.exe',
  ],
]
/** Set-up programs do what the package says that they were given. */
const SET_UPS = ['msiexec.exe', 'setup.exe', 'install.exe']
/** Agents of deployment: bringing new packages and scripts is what they are for, loading libraries is not. */
const AGENTS = [
  ...['ccmexec.exe', 'ccmsetup.exe', 'tsmanager.exe', 'pdqdeployrunner-<n>.exe'],
  ...['microsoft.management.services.intunewindowsagent.exe', 'agentexecutor.exe', 'intunewindowsagent.exe'],
  ...['deploy-application.exe', 'invoke-appdeploytoolkit.exe', 'choco.exe', 'winget.exe'],
]
const INSTALLERS: ReadonlySet<string> = new Set([...SET_UPS, ...AGENTS])
const WITHOUT: ReadonlySet<string> = new Set([...PEOPLE, ...SET_UPS])
const LOADS = /^(?:rundll32|regsvr32|regasm|regsvcs|installutil|msbuild|mshta|odbcconf|cmstp) /
/** Where programs pass through: what runs from there came to do something once. */
const PASSING = / @ (?:downloads|desktop|user-temp|temp|drive-root)$/

/** Whether a parent, by its file name, is a program that brings new things for a living: installers and agents of software deployment. */
export function isInstaller(parentName: string | null): boolean {
  return parentName !== null && INSTALLERS.has(parentName)
}

/**
 * What a service, task or agent does with a tool: "agent.exe @ program-files > register a.dll"; of packages, each of which is installed once, from what
 * kind of place: "agent.exe @ program-files > msiexec|install|program-files|msi". null where the parent or the pattern is not known, and for parents that do
 * whatever a person or a package tells them, or that pass through.
 */
export function habitOf(
  parentName: string | null,
  parent: string | null,
  { pattern, shape }: { pattern: string | null; shape: string | null },
): string | null {
  if (parentName === null || parent === null || pattern === null) return null
  if (WITHOUT.has(parentName) || PASSING.test(parent)) return null
  if (INSTALLERS.has(parentName) && !LOADS.test(pattern)) return null
  return `${parent} > ${pattern.startsWith('msiexec ') ? shape : pattern}`
}
