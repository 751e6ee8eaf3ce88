import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import type { BundleFile } from '@/lib/pipeline/export/bundle'
import { findPolicyVersion, keepPolicyVersion } from '@/lib/store/policies'
import { pool } from '@/lib/store/pool'
import { audited } from '../audited'
import { checked } from '../checked'
import { buildCollection, buildDetections, buildPolicies } from './build-policies'
import { packZip } from './pack-zip'

export const EXPORT_SETS = ['policies', 'detections', 'collection'] as const
export const COLLECTION_DAYS = [1, 7, 30] as const

const Request = z.object({
  set: z.enum(EXPORT_SETS),
  /** One file of the set instead of all. */
  path: z.string().min(1).max(500).nullable().default(null),
  /** Of policies: a version that was kept; null = as they are now. */
  version: z.int().positive().nullable().default(null),
  days: z.literal(COLLECTION_DAYS).default(7),
})
export type ExportRequest = z.input<typeof Request>

export type Download = { fileName: string; bytes: Uint8Array<ArrayBuffer>; isZip: boolean }

/**
 * Hands out what decisions become, and what collects or detects. Every download is on the audit log with the hash of what left; a set of policies that
 * is new is kept as a version.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'not-found' where there is no such version or file
 */
export async function downloadPolicies(actor: Actor, submitted: ExportRequest): Promise<Download> {
  requirePermission(actor, 'export')
  const request = checked(Request, submitted)
  const at = now()
  const { files, keep } = await load(actor, request, at)
  const { set, path } = request
  const chosen = path === null ? files : files.filter((file) => file.path === path)
  const [first] = chosen
  if (first === undefined)
    throw new ExpectedError(
      'not-found',
      'There is no such file: the decisions may have changed. Reload the page.',
    )
  await audited(
    actor,
    (version) => ({
      action: `${set}-downloaded`,
      subjectKind: 'policy',
      subjectId: String(version ?? set),
      detail: { set, path, files: chosen.length, contentHash: hashOf(files) },
    }),
    async (tx) => (keep === null ? request.version : await keepPolicyVersion(tx, keep)),
  )
  if (path === null) return { fileName: `cordon-${set}.zip`, bytes: packZip(files), isZip: true }
  const fileName = path.slice(path.lastIndexOf('/') + 1)
  return { fileName, bytes: new Uint8Array(new TextEncoder().encode(first.text)), isZip: false }
}

type Loaded = { files: readonly BundleFile[]; keep: Parameters<typeof keepPolicyVersion>[1] | null }

async function load(actor: Actor, request: z.output<typeof Request>, at: Date): Promise<Loaded> {
  const { scope } = actor
  if (request.set === 'detections') return { files: (await buildDetections(scope)).files, keep: null }
  if (request.set === 'collection') return { files: (await buildCollection(request.days)).files, keep: null }
  if (request.version !== null) {
    const files = await findPolicyVersion(pool(), scope, request.version)
    if (files === null)
      throw new ExpectedError('not-found', 'There is no such version, or you may not see it.')
    return { files, keep: null }
  }
  const { bundle, decisions } = await buildPolicies(scope, at.toISOString().slice(0, 10))
  const { contentHash, files } = bundle
  // versions are compared with each other: parts of the fleet, as some see it, would not be
  const whole = scope.kind === 'all' && decisions.length > 0
  return {
    files,
    keep: whole ? { contentHash, decisions, files, createdAt: at, createdBy: actor.name } : null,
  }
}

function hashOf(files: readonly BundleFile[]): string {
  return files.find(({ path }) => path === 'manifest.json')?.sha256 ?? ''
}
