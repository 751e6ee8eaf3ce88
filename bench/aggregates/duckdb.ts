import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** What is used here of @duckdb/node-api. */
type Connection = {
  run: (text: string) => Promise<unknown>
  runAndReadAll: (
    text: string,
  ) => Promise<{ getRowObjectsJson: () => Record<string, string | number | null>[] }>
  closeSync: () => void
}
type Package = { DuckDBConnection: { create: () => Promise<Connection> } }

/** A database in memory. */
export type Duckdb = {
  run: (text: string) => Promise<unknown>
  rows: (text: string) => Promise<Record<string, string | number | null>[]>
  close: () => void
}

/** npm's @duckdb/node-api, from the folder where somebody installed it; it works on all cores. */
export async function openDuckdb(folder: string): Promise<Duckdb> {
  const main = createRequire(path.resolve(folder, 'package.json')).resolve('@duckdb/node-api')
  const { DuckDBConnection } = (await import(pathToFileURL(main).href)) as Package
  const connection = await DuckDBConnection.create()
  return {
    run: (text) => connection.run(text),
    rows: async (text) => (await connection.runAndReadAll(text)).getRowObjectsJson(),
    close: () => connection.closeSync(),
  }
}
