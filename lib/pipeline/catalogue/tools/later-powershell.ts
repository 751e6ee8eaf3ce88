/** What PowerShell is to do: run a script, a command of administration that runs no code of others, or anything else. */
export type PowershellErrand = { script: string } | 'plain' | 'encoded' | 'code'

type Parameter = { name: string; shortest: string; does: 'file' | 'command' | 'encoded' | 'takes' | 'switch' }

/** Parameters of powershell.exe and pwsh.exe, as far as they may be shortened, in the order in which PowerShell looks for them. */
const PARAMETERS: readonly Parameter[] = [
  { name: 'executionpolicy', shortest: 'ex', does: 'takes' },
  { name: 'encodedarguments', shortest: 'encodeda', does: 'takes' },
  { name: 'configurationname', shortest: 'config', does: 'takes' },
  { name: 'configurationfile', shortest: 'configurationf', does: 'takes' },
  { name: 'custompipename', shortest: 'cus', does: 'takes' },
  { name: 'version', shortest: 'v', does: 'takes' },
  { name: 'windowstyle', shortest: 'w', does: 'takes' },
  { name: 'workingdirectory', shortest: 'wo', does: 'takes' },
  { name: 'psconsolefile', shortest: 'psc', does: 'takes' },
  { name: 'inputformat', shortest: 'inp', does: 'takes' },
  { name: 'outputformat', shortest: 'o', does: 'takes' },
  { name: 'settingsfile', shortest: 'settings', does: 'takes' },
  { name: 'file', shortest: 'f', does: 'file' },
  { name: 'command', shortest: 'c', does: 'command' },
  { name: 'encodedcommand', shortest: 'e', does: 'encoded' },
  { name: 'nologo', shortest: 'nol', does: 'switch' },
  { name: 'noexit', shortest: 'noe', does: 'switch' },
  { name: 'noprofile', shortest: 'nop', does: 'switch' },
  { name: 'noninteractive', shortest: 'non', does: 'switch' },
  { name: 'interactive', shortest: 'i', does: 'switch' },
  { name: 'login', shortest: 'l', does: 'switch' },
  { name: 'sta', shortest: 's', does: 'switch' },
  { name: 'mta', shortest: 'm', does: 'switch' },
]
const SHORT_FORMS: ReadonlyMap<string, Parameter['does']> = new Map([
  ...(['ep', 'ea', 'if', 'of', 'wd'] as const).map((name) => [name, 'takes'] as const),
  ['ec', 'encoded'],
])
const OPTION = /^(?:--?|\/)([a-z]{1,20})$/
/** A command of PowerShell that is a script's path and its parameters, nothing chained, expanded or computed. */
const CALLED_SCRIPT =
  /^(?:[&.]\s{0,8})?(?:'([^']{1,256}\.ps1)'|"([^"]{1,256}\.ps1)"|([^\s'"]{1,256}\.ps1))(?:\s[^;|&$({`]{0,256})?$/
/** Commands that look after a host and run nothing of others, told plain names. */
const PLAIN_COMMAND =
  /^(?:(?:re)?start-service|re(?:start|name)-computer|stop-computer|clear-(?:recyclebin|dnsclientcache)|update-help|optimize-volume|checkpoint-computer)(?:\s[\w\s:'",.*-]{0,256})?$/

function meaningOf(word: string): Parameter['does'] | null {
  const name = OPTION.exec(word)?.[1]
  if (name === undefined) return null
  const found = PARAMETERS.find((one) => one.name.startsWith(name) && name.startsWith(one.shortest))
  return SHORT_FORMS.get(name) ?? found?.does ?? null
}

function calledScript(text: string): PowershellErrand {
  const [, single, double, bare] = CALLED_SCRIPT.exec(text.trim()) ?? []
  const script = single ?? double ?? bare
  if (script !== undefined) return { script }
  return PLAIN_COMMAND.test(text.trim()) ? 'plain' : 'code'
}

function errandAt(words: readonly string[], at: number, does: Parameter['does'] | null): PowershellErrand {
  const next = words[at + 1]
  if (does === 'encoded') return 'encoded'
  if (does === 'file') return next === undefined || next === '-' ? 'code' : { script: next }
  return calledScript(words.slice(does === 'command' ? at + 1 : at).join(' '))
}

/**
 * Read from the left, as PowerShell does: the first of `-File`, `-Command`, `-EncodedCommand` or a plain word decides, and what follows is its parameters.
 * @param words its arguments, cleaned
 */
export function powershellErrand(words: readonly string[]): PowershellErrand {
  let at = 0
  while (at < words.length) {
    const does = meaningOf(words[at] ?? '')
    if (does === 'takes') at += 2
    else if (does === 'switch') at += 1
    else return errandAt(words, at, does)
  }
  return 'code'
}
