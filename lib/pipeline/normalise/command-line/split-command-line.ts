/** One argument as the program sees it, and where it stands in the command line (end exclusive). */
export type Argument = { value: string; start: number; end: number }

export type CommandLine = {
  /** The analysed text: the original, without long runs of blanks where it is longer than MAX_ANALYSED, and cut there. Spans refer to it. */
  text: string
  /** More stands in the original than was read. */
  truncated: boolean
  /** Runs of blanks so long that they push what follows out of sight. */
  padded: boolean
  /** argv[0]; null where the command line starts with the first argument. */
  executable: Argument | null
  args: readonly Argument[]
  /** Where the raw tail starts: rundll32, mshta and others parse it themselves. */
  tailStart: number
}

/** Longest command line that is read, in UTF-16 units. The rest is marked as cut: time stays bounded. */
export const MAX_ANALYSED = 4096
/** Most arguments that are read, for the same reason. */
const MAX_ARGUMENTS = 1024

/** Blanks and line ends that nobody types in a row. Origin: shortcuts whose arguments begin with hundreds of them, so that their properties show none. */
const LONG_BLANKS = /\s{64,}/
const ALL_LONG_BLANKS = /\s{64,}/g

const QUOTE = 34
const BACKSLASH = 92

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

/** First position at or after `from` that holds no blank. */
export function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1
  return at
}

function endOfRun(text: string, from: number): number {
  let at = from
  while (at < text.length && !isBlank(text.charCodeAt(at))) at += 1
  return at
}

/** argv[0] ends at the next quote or blank, whatever stands before it: backslashes escape nothing there. */
function readExecutable(text: string): Argument {
  if (text.charCodeAt(0) !== QUOTE) {
    const end = endOfRun(text, 0)
    return { value: text.slice(0, end), start: 0, end }
  }
  const closing = text.indexOf('"', 1)
  const end = closing < 0 ? text.length : closing + 1
  return { value: text.slice(1, closing < 0 ? end : closing), start: 0, end }
}

/** The third quote in a row is a literal one and closes; two in a row open and close. */
function readQuotes(text: string, from: number, open: number): { at: number; open: number; literal: string } {
  let at = from
  let quotes = open
  let literal = ''
  while (text.charCodeAt(at) === QUOTE) {
    quotes += 1
    if (quotes === 3) {
      literal += '"'
      quotes = 0
    }
    at += 1
  }
  return { at, open: quotes === 2 ? 0 : quotes, literal }
}

function readQuotedArgument(text: string, start: number): Argument {
  let value = ''
  let open = 0
  let backslashes = 0
  let at = start
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (open === 0 && isBlank(code)) break
    if (code === BACKSLASH) {
      backslashes += 1
      at += 1
    } else if (code === QUOTE) {
      const escaped = backslashes % 2 === 1
      value += '\\'.repeat(backslashes >> 1) + (escaped ? '"' : '')
      const quotes = readQuotes(text, at + 1, escaped ? open : open + 1)
      value += quotes.literal
      open = quotes.open
      at = quotes.at
      backslashes = 0
    } else {
      value += '\\'.repeat(backslashes) + text.charAt(at)
      backslashes = 0
      at += 1
    }
  }
  return { value: value + '\\'.repeat(backslashes), start, end: at }
}

/** At most `limit` arguments from `from` on, by the rules CommandLineToArgvW has for everything after argv[0]. */
export function splitArguments(text: string, from: number, limit = MAX_ARGUMENTS): Argument[] {
  const found: Argument[] = []
  let at = skipBlanks(text, from)
  while (at < text.length && found.length < limit) {
    const end = endOfRun(text, at)
    const run = text.slice(at, end)
    const argument = run.includes('"') ? readQuotedArgument(text, at) : { value: run, start: at, end }
    found.push(argument)
    at = skipBlanks(text, argument.end)
  }
  return found
}

/** The argument vector exactly as CommandLineToArgvW returns it for a command line that is not empty. */
export function toArgv(text: string): string[] {
  const executable = readExecutable(text)
  return [
    executable.value,
    ...splitArguments(text, executable.end, text.length).map((argument) => argument.value),
  ]
}

function programName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1).toLowerCase()
  return name.endsWith('.exe') ? name.slice(0, -4) : name
}

const PROGRAM_EXTENSION = /\.(?:exe|com|scr|bat|cmd|pif)$/i

/** Whether the first word names the program that ran, rather than being its first argument (argv[0] left out). */
function namesProgram(word: string, image: string): boolean {
  // quotes within a word are dropped wherever it is looked for
  const name = programName(word.replaceAll('"', '').trim())
  const running = programName(image)
  if (running === '' || name === running || image.startsWith('/')) return true
  if (/^[-/]/.test(word)) return false
  if (/^[^~]{1,6}~\d/.test(name)) return running.startsWith(name.slice(0, name.indexOf('~')))
  return PROGRAM_EXTENSION.test(word)
}

/** An unquoted path with blanks is run by CreateProcess although argv[0] ends at the first of them. */
function readUnquotedImage(text: string, image: string): Argument | null {
  if (!image.includes(' ') || text.length < image.length) return null
  const head = text.slice(0, image.length)
  if (head.toLowerCase() !== image.toLowerCase()) return null
  if (text.length > image.length && !isBlank(text.charCodeAt(image.length))) return null
  return { value: head, start: 0, end: image.length }
}

function isSameProgram(word: string, image: string): boolean {
  return word !== '' && namesProgram(word, image)
}

/**
 * Splits a command line as CommandLineToArgvW does, keeping every argument's span in the original. Whether argv[0] is there at all
 * is decided by comparing it with the image name: some callers leave it out (quirk: `/u /s /i:… scrobj.dll` run by regsvr32.exe).
 * @param image path of the executable that ran, as printed; may be empty
 */
export function splitCommandLine(commandLine: string, image: string): CommandLine {
  const padded = LONG_BLANKS.test(commandLine)
  const whole =
    padded && commandLine.length > MAX_ANALYSED ? commandLine.replace(ALL_LONG_BLANKS, ' ') : commandLine
  const truncated = whole.length > MAX_ANALYSED
  const text = truncated ? whole.slice(0, MAX_ANALYSED) : whole
  const first = skipBlanks(text, 0)
  const shifted = first === 0 ? text : text.slice(first)
  const found = readUnquotedImage(shifted, image) ?? readExecutable(shifted)
  const present = isSameProgram(found.value.replaceAll('\0', ''), image)
  const executable = present
    ? { value: found.value, start: found.start + first, end: found.end + first }
    : null
  const tailStart = skipBlanks(text, executable?.end ?? first)
  const args = splitArguments(text, tailStart)
  return { text, truncated: truncated || args.length === MAX_ARGUMENTS, padded, executable, args, tailStart }
}
