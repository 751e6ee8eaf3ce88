import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { isFlag } from './piece'

/** Files that are code, whatever program is told to open them. */
const CODE =
  /\.(?:exe|dll|ocx|cpl|com|scr|msi|bat|cmd|ps1|vb[se]|jse?|wsf|hta|sct|jar|pyw?|inf|lnk|msc|ahk|a3x)$/
/** They run the first file that they are told, whatever it is called. */
const OPENS_FIRST = /^(?:infdefaultinstall|mmc|control|dotnet|autohotkey\w{0,8}|autoit3\w{0,8})$/
const PLACE = /^"?(?:[a-z]:[\\/]|\\\\|https?:)/
const FTP_SCRIPT = /^-s:(.{1,512})$/i
/** Options of Windows Installer that a package, or what changes it, follows; a log's follow others. */
const PACKAGE = /^[-/](?:i|a|j[mu]?|p|package|update|f[a-z]{0,8}|x|uninstall|qn?|quiet|passive|norestart)?$/
const PACKAGE_CHANGE = /^(?:transforms|patch)=(.{1,512})$/i
const JOINED_PACKAGE = /^[-/][iaxp](?=[a-z]:\\|\\\\|"|https?:)(.{1,512})$/i

function withValue(argument: Argument, value: string | undefined): readonly Argument[] {
  return value === undefined ? [] : [{ ...argument, value: value.replaceAll('"', '') }]
}

function packages(args: readonly Argument[]): readonly Argument[] {
  return args.flatMap((argument, index) => {
    const { value } = argument
    const before = cleanText(args[index - 1]?.value ?? '/i')
    if (PLACE.test(cleanText(value))) return PACKAGE.test(before) ? [argument] : []
    return withValue(argument, PACKAGE_CHANGE.exec(value)?.[1] ?? JOINED_PACKAGE.exec(value)?.[1])
  })
}

/** Of programs that run what is in a file, whatever it is called, those that they are told, by their places. `name`: without extension. */
export function openedFiles(name: string, args: readonly Argument[]): readonly Argument[] {
  if (name === 'msiexec') return packages(args)
  if (name === 'ftp') return args.flatMap((one) => withValue(one, FTP_SCRIPT.exec(one.value)?.[1]))
  if (!OPENS_FIRST.test(name)) return []
  const first = args.find((argument) => !isFlag(argument))
  return first !== undefined && PLACE.test(cleanText(first.value)) ? [first] : []
}

/** Whether a cleaned word names a file of code. */
export function handedFile(word: string): boolean {
  return CODE.test(word)
}
