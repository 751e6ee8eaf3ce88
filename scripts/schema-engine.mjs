#!/usr/bin/env node
// Stands in for the schema engine that Prisma would download: PRISMA_SCHEMA_ENGINE_BINARY points here.
// It speaks the same JSON-RPC on stdin and stdout, answered by Prisma's own WebAssembly build of the engine from npm.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import readline from 'node:readline'
import { pathToFileURL } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { createDatabase, dropDatabase, migrationAdapterFactory, ping } from './lib/migration-adapter.mjs'

const RPC_ERROR = 4466
/** What `cli` answers for PostgreSQL's error codes; https://www.prisma.io/docs/orm/reference/error-reference */
const PRISMA_CODES = { '3D000': 'P1003', '28P01': 'P1000' }
const UNREACHABLE = 'P1001'

const args = process.argv.slice(2)
const wasmFolder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
const datasource = JSON.parse(option('--datasource') ?? '{}')

/** The engine writes its last words here. */
const panics = {
  message: '',
  /** @param {string} message */
  set_message(message) {
    this.message = `RuntimeError: ${message}`
  },
}

if (args.includes('--version')) printVersion()
else if (args.includes('cli')) await answerCli(args[args.indexOf('cli') + 1])
else serve()

/** @param {string} name */
function option(name) {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args[at + 1]
}

function printVersion() {
  const { version } = JSON.parse(readFileSync(path.join(wasmFolder, 'package.json'), 'utf8'))
  process.stdout.write(`schema-engine-wasm ${version}\n`)
}

/** `cli can-connect-to-database | create-database | drop-database` @param {string | undefined} command */
async function answerCli(command) {
  try {
    if (command === 'create-database') await createDatabase(datasource.url)
    else if (command === 'drop-database') await dropDatabase(datasource.url)
    else await ping(datasource.url)
  } catch (error) {
    const { message, code } = /** @type {Error & { code: keyof typeof PRISMA_CODES }} */ (error)
    const fields = { message: message || code, error_code: PRISMA_CODES[code] ?? UNREACHABLE }
    process.stderr.write(`${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}\n`)
    process.exitCode = 1
  }
}

/** Answers requests one after the other until stdin closes. */
function serve() {
  /** @type {Promise<any> | undefined} */
  let engine
  let currentId = 0
  let queue = Promise.resolve()
  process.on('uncaughtException', (error) => {
    // a panic inside WebAssembly cannot be caught where it was called
    send({ id: currentId, error: rpcError(error) }, () => process.exit(101))
  })
  const lines = readline.createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  lines.on('line', (line) => {
    const { id, method, params } = line.trim() ? JSON.parse(line) : {}
    if (method === undefined) return
    queue = queue.then(async () => {
      currentId = id
      try {
        engine ??= bootEngine()
        send({ id, result: await call(await engine, method, params ?? {}) })
      } catch (error) {
        send({ id, error: rpcError(/** @type {Error} */ (error)) })
      }
    })
  })
  lines.on('close', () => queue.then(() => process.exit()))
}

/** @param {any} engine @param {string} method @param {any} params */
async function call(engine, method, params) {
  if (method === 'createDatabase')
    return { databaseName: await createDatabase(datasource.url ?? params.datasource.url) }
  if (method === 'getDatabaseVersion') return engine.version(params)
  if (method !== 'diff') return (await engine[method](params)) ?? {}
  const { stdout, exitCode } = await engine.diff(params)
  // the WebAssembly engine returns what the binary prints
  if (stdout) send({ id: 1_000_000, method: 'print', params: { content: stdout } })
  return { exitCode, stdout: null }
}

async function bootEngine() {
  const bindings = await import(pathToFileURL(path.join(wasmFolder, 'schema_engine_bg.js')).href)
  const binary = readFileSync(path.join(wasmFolder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  /** @type {any} */ const exports = instance.exports
  exports.__wbindgen_start()
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics })
  const datamodels = args.flatMap((arg, at) =>
    /^(--datamodels|-d)$/.test(arg) ? [readDatamodel(args[at + 1] ?? '')] : [],
  )
  const adapter = bindMigrationAwareSqlAdapterFactory(migrationAdapterFactory(datasource))
  return bindings.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => undefined,
    adapter,
  )
}

/** @param {string} file @returns {[string, string]} */
function readDatamodel(file) {
  return [file, readFileSync(file, 'utf8')]
}

/** @param {Error & { code?: string }} error */
function rpcError(error) {
  const message = panics.message || error.message
  const data = { is_panic: false, message, error_code: error.code ?? null, meta: null }
  return { code: RPC_ERROR, message: 'An error happened. Check the data field for details.', data }
}

/** @param {object} message @param {() => void} [then] */
function send(message, then) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`, then)
}
