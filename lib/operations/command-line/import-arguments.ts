import { Command, Option } from 'commander'
import { READABLE_KINDS, type ReadableKind } from '@/lib/pipeline/parse/detect-format'

export type ImportOptions = {
  paths: string[]
  json: boolean
  /** Host of records that name none. */
  host: string | null
  format: ReadableKind | null
}

/** Reads the arguments of `npm run import`; prints usage and ends the process where they do not fit. */
export function parseArguments(argv: readonly string[]): ImportOptions {
  const command = new Command('npm run import --')
    .description(
      'Reads event logs, exports and archives of them (.gz, .zip, .tar); folders are read to the bottom.',
    )
    .argument('<path...>', 'files and folders')
    .option('--json', 'print one machine-readable summary instead of the report')
    .option('--host <name>', 'host of records that name none')
    .addOption(new Option('--format <format>', 'read every file as this').choices(READABLE_KINDS))
    .parse([...argv])
  const { json = false, host = null, format = null } = command.opts<Partial<ImportOptions>>()
  return { paths: command.args, json, host, format }
}
