import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { crc32 } from 'node:zlib'
import { parseEvtx } from '@/lib/pipeline/parse/evtx/parse-evtx'
import { contenders, countRecords, halfOf, measure, program, type ThreadTask } from './evtx/measure'
import { loadWinevtx, type Reader, type Winevtx, winevtxReader, xmlReader } from './evtx/readers'
import { reportAgreement } from './evtx/report-agreement'
import { print } from './measuring/print'

/**
 * `npm run bench -- evtx [--folder FOLDER] [--winevtx FOLDER]`: our reader of event logs beside others, on every EVTX file below the folder: whether they agree, record by record
 * and value by value, and how fast they are on the same files in the same run. libevtx's evtxexport and python-evtx's evtx_dump.py are run where they are installed;
 * npm's winevtx is loaded from a folder outside the project (`npm install --prefix FOLDER winevtx@0.1.2`).
 */
const ROUNDS = 5
/** Each measured file is one real log's chunks again and again. */
const BIG_BYTES = 48 * 1024 * 1024
const MEASURED = ['Security.evtx', 'system.evtx', 'sysmon.evtx']

if (isMainThread) await main()
else await thread(workerData as ThreadTask)

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { folder: { type: 'string', default: '../shared/data' }, winevtx: { type: 'string' } },
  })
  const files = evtxFiles(path.resolve(values.folder))
  if (files.length === 0)
    return print(`${values.folder} is not here or has no EVTX files: name one with --folder`)
  const winevtx = values.winevtx === undefined ? null : await loadWinevtx(values.winevtx)
  for (const reader of readers(winevtx)) for (const line of await reportAgreement(reader, files)) print(line)
  const folder = mkdtempSync(path.join(tmpdir(), 'cordon-evtx-'))
  try {
    for (const name of MEASURED) {
      const file = files.find((candidate) => path.basename(candidate) === name)
      if (file !== undefined) await compareSpeed(enlarge(file, folder), winevtx)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function evtxFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.evtx'))
      .map((name) => path.join(folder, name))
  } catch {
    return []
  }
}

function readers(winevtx: Winevtx | null): Reader[] {
  const found: Reader[] = []
  if (winevtx === null)
    print('winevtx is missing: npm install --prefix FOLDER winevtx@0.1.2, then --winevtx FOLDER')
  else found.push(winevtxReader(winevtx))
  if (isInstalled('evtxexport')) found.push(xmlReader('evtxexport', 'evtxexport', ['-f', 'xml']))
  else print('evtxexport is missing: apt-get install libevtx-utils')
  if (isInstalled('evtx_dump.py')) found.push(xmlReader('python-evtx', 'evtx_dump.py', []))
  else print('evtx_dump.py is missing: apt-get install python3-evtx')
  return found
}

function isInstalled(name: string): boolean {
  return spawnSync(name, ['-h'], { stdio: 'ignore' }).error === undefined
}

/** A log of many MB: the file's header, and its chunks over and over. */
function enlarge(file: string, folder: string): string {
  const bytes = readFileSync(file)
  const header = Buffer.from(bytes.subarray(0, 4096))
  const chunks = bytes.subarray(4096)
  const times = Math.ceil(BIG_BYTES / chunks.length)
  header.writeUInt16LE((chunks.length / 65_536) * times, 42)
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124)
  const big = path.join(folder, path.basename(file))
  writeFileSync(big, Buffer.concat([header, ...Array<Buffer>(times).fill(chunks)]))
  return big
}

async function compareSpeed(file: string, winevtx: Winevtx | null): Promise<void> {
  const all = contenders(file, winevtx)
  if (isInstalled('evtxexport')) all.push(program('evtxexport', ['-f', 'xml', file]))
  const measured = await measure(all, ROUNDS)
  const megabytes = readFileSync(file).length / 1e6
  const records = measured[0]?.records ?? 0
  print(
    `${path.basename(file)}, repeated to ${megabytes.toFixed(0)} MB, ${records} records, best of ${ROUNDS} rounds:`,
  )
  const peers = measured.filter(({ name }) => name === 'winevtx' || name === 'evtxexport')
  for (const { name, seconds } of measured) {
    const ratios = peers.map((peer) => `${(peer.seconds / seconds).toFixed(1)} × ${peer.name}`)
    const rate = `${(megabytes / seconds).toFixed(0)} MB/s, ${Math.round(records / seconds)} records/s`
    print(`    ${name}: ${rate}; ${ratios.join(', ')}`)
  }
}

async function thread(task: ThreadTask): Promise<void> {
  if (!task.send) return parentPort?.postMessage(await countRecords(halfOf(task)))
  let batch: unknown[] = []
  for await (const item of parseEvtx(halfOf(task))) {
    if (batch.push(item) < 1000) continue
    parentPort?.postMessage(batch)
    batch = []
  }
  parentPort?.postMessage(batch)
}
