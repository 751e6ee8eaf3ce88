/** macOS keeps metadata beside each file. */
export function isResourceFork(name: string): boolean {
  return /(^|\/)(__MACOSX\/|\._)/.test(name)
}
