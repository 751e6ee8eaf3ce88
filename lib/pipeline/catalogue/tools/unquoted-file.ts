import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'

const DRIVE_PATH = /^(?:[a-z@-]{2,16}:){0,2}[a-z]:[\\/]/i

function findUnquotedFile(line: CommandLine, end: RegExp): Argument | null {
  const start = line.args[0]?.start ?? line.text.length
  const tail = line.text.slice(start)
  if (!DRIVE_PATH.test(tail)) return null
  const value = end.exec(tail)?.[0]
  return value === undefined ? null : { value, start, end: start + value.length }
}

/**
 * The command line with its first file in one argument although its path holds blanks and no quotes: some tools take the raw tail as
 * one name.
 * @param end matches from the start of the tail to the end of the file's name
 */
export function joinUnquotedFile(line: CommandLine, end: RegExp): CommandLine {
  const file = findUnquotedFile(line, end)
  if (file === null) return line
  return { ...line, args: [file, ...line.args.filter((argument) => argument.start >= file.end)] }
}
