import { Command, Option } from 'commander'
import { SAID_ORDERS, type SaidOrder } from '@/lib/pipeline/parse/date-order'
import { READABLE_KINDS, type ReadableKind } from '@/lib/pipeline/parse/detect-format'

export type ImportOptions = {
  paths: string[]
  json: boolean
  /** A file that is not read is a failure, and so is a record. */
  strict: boolean
  /** Host of records that name none. */
  host: string | null
  /** Of dates that do not show which number is the day. */
  dateOrder: SaidOrder | null
  format: ReadableKind | null
}

const EXIT_CODES = `
Exit codes:
  0    read to the end; what was rejected is in the report
  1    nothing could be read, or the command could not run
  2    with --strict: a file or a record was rejected
  3    cancelled on the Imports page
  130  stopped by Ctrl-C: the same command goes on where it stopped

Importing a file again is safe: what is known already is counted and stored once.`

/** Reads the arguments of `npm run import`; prints usage and ends the process where they do not fit. */
export function parseArguments(argv: readonly string[]): ImportOptions {
  const command = new Command('npm run import --')
    .description(
      'Reads event logs, exports and archives of them (.gz, .zip, .tar); folders are read to the bottom.',
    )
    .argument('<path...>', 'files and folders')
    .option('--json', 'print one machine-readable summary instead of the report')
    .option('--strict', 'end with exit code 2 when anything was rejected')
    .option('--host <name>', 'host of records that name none')
    .addOption(
      new Option(
        '--date-order <order>',
        'day and month in dates like 06/03/2018, of tables that do not show it themselves',
      ).choices(SAID_ORDERS),
    )
    .addOption(new Option('--format <format>', 'read every file as this').choices(READABLE_KINDS))
    .addHelpText('after', EXIT_CODES)
    .parse([...argv])
  const options = command.opts<Partial<ImportOptions>>()
  const { json = false, strict = false, host = null, dateOrder = null, format = null } = options
  return { paths: command.args, json, strict, host, dateOrder, format }
}
