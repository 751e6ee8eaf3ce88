import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { MAX_RULE_CHARACTERS, type ReadRules, readRules } from '@/lib/pipeline/sigma/read-rules'
import { checked } from '../checked'
import { memorySource } from '../ingest/byte-source'
import { openZipMembers } from '../ingest/open-zip'

export type RuleFile = { path: string; read: ReadRules }

/** The largest public collection has about 4,000. */
const MAX_FILES = 10_000
const ZIP = [0x50, 0x4b]

const Files = z.object({
  files: z.array(z.object({ path: z.string().max(1024), text: z.string() })).max(MAX_FILES),
})

/**
 * Rules of a zip, or of `{"files": [{"path", "text"}]}` as JSON, which is how a browser sends a folder. Files that are no YAML are passed over.
 * @throws ExpectedError 'invalid-input' when it is neither
 */
export async function readRuleFiles(bytes: Uint8Array): Promise<RuleFile[]> {
  if (bytes[0] === ZIP[0] && bytes[1] === ZIP[1]) return await readZip(bytes)
  const { files } = checked(Files, parseJson(bytes))
  return files.filter(({ path }) => isYaml(path)).map(({ path, text }) => ({ path, read: readRules(text) }))
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch (error) {
    throw noFiles(error)
  }
}

function noFiles(cause: unknown): ExpectedError {
  return new ExpectedError('invalid-input', 'Choose a zip of Sigma rules, or .yml files.', { cause })
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path)
}

async function readZip(bytes: Uint8Array): Promise<RuleFile[]> {
  const files: RuleFile[] = []
  try {
    for await (const member of openZipMembers(memorySource('zip', bytes))) {
      if (!isYaml(member.name)) continue
      if (files.length >= MAX_FILES)
        return [...files, refusal(`Only the first ${MAX_FILES} files were read.`)]
      files.push({ path: member.name, read: readRules(await readMember(member.bytes)) })
    }
  } catch {
    return [
      ...files,
      refusal('The zip is damaged, or unpacks to far more than its size: what came before was read.'),
    ]
  }
  return files
}

function refusal(reason: string): RuleFile {
  return { path: 'The zip', read: { rules: [], refused: [{ title: null, reason }] } }
}

/** A member's text, at most a little more than a rule may have. */
async function readMember(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    pieces.push(piece)
    size += piece.length
    // a character takes at most three bytes: the reader refuses what is longer
    if (size > MAX_RULE_CHARACTERS * 3) break
  }
  return Buffer.concat(pieces).toString('utf8')
}
