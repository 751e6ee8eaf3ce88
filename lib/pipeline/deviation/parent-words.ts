/** The value of the parent feature as a name: "svchost.exe (schedule)". */
export function parentWords(value: string): string {
  return value.replace(/ @ [a-z-]{1,32}/, '')
}
