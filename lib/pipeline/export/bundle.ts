import type { ApprovedBlock } from '@/lib/pipeline/decision/approved-block'
import { sha256 } from '@/lib/pipeline/hash'
import type { ControlPolicies, ExportFile, Limit } from './policy/policy'
import { jsonText } from './text/json-text'
import { markdownText } from './text/markdown'

/** A file of a bundle; `path` is within it. */
export type BundleFile = { path: string; text: string; sha256: string }

/** Files of one decision set with what says what they are. Same decisions, same bytes: nothing in it is of the day it was made. */
export type Bundle = {
  /** Of the manifest: changes when a byte of any file does. */
  contentHash: string
  /** By path, manifest and read-me first. */
  files: readonly BundleFile[]
}

/** Everything that decisions become, with a manifest and instructions. */
export function policyBundle(
  controls: readonly ControlPolicies[],
  blocks: readonly ApprovedBlock[],
  detections: readonly ExportFile[],
): Bundle {
  const files = controls.flatMap(({ control, policies }) =>
    policies.flatMap(({ slug, hosts, files: written, undo }) => [
      ...[...written, undo].map(({ name, text }) => toFile(`${control}/${name}`, text)),
      toFile(`${control}/${slug}/hosts.txt`, `${hosts.join('\n')}\n`),
    ]),
  )
  const all = [...files, ...detections.map(({ name, text }) => toFile(`detections/${name}`, text))]
  const decisions = blocks
    .toSorted((a, b) => a.decisionId - b.decisionId)
    .map(({ decisionId, version, slug, control, effect, state }) => ({
      decisionId,
      version,
      slug,
      control,
      effect,
      state,
    }))
  return bundleOf(all, { decisions }, policyReadMe(controls, blocks, detections.length > 0))
}

/** Any other set of files. */
export function plainBundle(files: readonly { path: string; text: string }[], readMe: string): Bundle {
  return bundleOf(
    files.map(({ path, text }) => toFile(path, text)),
    {},
    readMe,
  )
}

function toFile(path: string, text: string): BundleFile {
  return { path, text, sha256: sha256(text) }
}

function bundleOf(
  files: readonly BundleFile[],
  about: Readonly<Record<string, unknown>>,
  readMe: string,
): Bundle {
  const sorted = [...files, toFile('README.md', readMe)].sort((a, b) => (a.path < b.path ? -1 : 1))
  const manifest = toFile(
    'manifest.json',
    jsonText({
      format: 1,
      ...about,
      files: sorted.map(({ path, sha256: digest }) => ({ path, sha256: digest })),
    }),
  )
  return { contentHash: manifest.sha256, files: [manifest, ...sorted] }
}

const LIMIT_WORDS: Readonly<Record<Limit['kind'], string>> = {
  refused: 'Not written',
  waiting: 'Waiting',
  'held-back': 'Held back',
  'left-out': 'Cannot say',
  'blocks-besides': 'Blocks besides',
}

const DETECTIONS = [
  '## Detections (detections)',
  '',
  '- A rule for each decision that refuses to start a binary or cuts its network, in each language: every hit is something that the decision forbids and that went on, or a host that it does not reach yet.',
  '- How to load them is said under Policies, Detections.',
  '',
]

function policyReadMe(
  controls: readonly ControlPolicies[],
  blocks: readonly ApprovedBlock[],
  hasDetections: boolean,
): string {
  const used = controls.filter(({ decisionIds }) => decisionIds.length > 0)
  const names = new Map(blocks.map(({ decisionId, slug }) => [decisionId, slug]))
  return [
    '# What your decisions become',
    '',
    'Each folder is a control; each folder in it a set of hosts (hosts.txt) and a mode: audit reports, enforce blocks.',
    'Audit first. manifest.json has the SHA-256 of every file. undo takes a policy back.',
    '',
    ...used.flatMap((control) => sectionOf(control, names)),
    ...(hasDetections ? DETECTIONS : []),
  ].join('\n')
}

/** What each file of a kind of policy is, once: a line for each name. */
export function fileLines(files: readonly Pick<ExportFile, 'name' | 'about'>[]): string[] {
  const abouts = new Map(files.map(({ name, about }) => [name.slice(name.lastIndexOf('/') + 1), about]))
  return [...abouts].map(([name, about]) => `- ${name}: ${about}`)
}

function sectionOf(
  { label, control, policies, limits, deploy, verify }: ControlPolicies,
  names: ReadonlyMap<number, string>,
): string[] {
  const named = (id: number) => `${id} (${markdownText(names.get(id) ?? '')})`
  return [
    `## ${label} (${control})`,
    '',
    ...policies.map(
      ({ slug, label: hosts, mode, decisionIds }) =>
        `- ${slug}: ${markdownText(hosts)}, ${mode}, decisions ${decisionIds.map(named).join(', ')}`,
    ),
    ...(policies.length === 0 ? ['- No policy yet: what holds it back stands below.'] : []),
    '',
    ...(policies.length === 0
      ? []
      : ['### Files', '', ...fileLines(policies.flatMap(({ files, undo }) => [...files, undo])), '']),
    '### What it does not say of the decisions',
    '',
    ...(limits.length === 0 ? ['- Nothing: it says all of them.'] : []),
    ...limits.map(
      ({ decisionId, kind, text }) => `- Decision ${decisionId}. ${LIMIT_WORDS[kind]}: ${markdownText(text)}`,
    ),
    '',
    '### Deploy',
    '',
    ...deploy.map((step) => `- ${step}`),
    '',
    '### Verify',
    '',
    ...verify.map((step) => `- ${step}`),
    '',
  ]
}

export type FileChange = {
  path: string
  change: 'added' | 'removed' | 'changed'
  before: string | null
  after: string | null
}

/** What is another from one version to the next, by path; the manifest, which always is, is left out. */
export function compareBundles(
  before: readonly Pick<BundleFile, 'path' | 'text'>[],
  after: readonly Pick<BundleFile, 'path' | 'text'>[],
): FileChange[] {
  const old = new Map(before.map(({ path, text }) => [path, text]))
  const now = new Map(after.map(({ path, text }) => [path, text]))
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((path): FileChange[] => {
    const [was, is] = [old.get(path) ?? null, now.get(path) ?? null]
    if (was === is || path === 'manifest.json') return []
    return [
      { path, change: was === null ? 'added' : is === null ? 'removed' : 'changed', before: was, after: is },
    ]
  })
}
