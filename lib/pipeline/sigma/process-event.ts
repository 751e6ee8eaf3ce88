import type { Hashes, ProcessCreation } from '@/lib/pipeline/event/event'
import type { SigmaFields } from './check'

/** What rules can ask of a process. */
export type ProcessFacts = Pick<
  ProcessCreation,
  | 'image'
  | 'originalFileName'
  | 'commandLine'
  | 'currentDirectory'
  | 'parentImage'
  | 'parentCommandLine'
  | 'user'
  | 'integrityLevel'
  | 'logonId'
  | 'hashes'
>

/**
 * A process under Sigma's names. `bySysmon`: Sysmon is among its sensors, which reports command line, parent, user and integrity of every
 * process, so that nothing there means empty. Other sensors, and Sysmon's newer fields, report by version and policy: nothing means unknown.
 */
export function toSigmaProcess(facts: ProcessFacts, bySysmon: boolean): SigmaFields {
  const always = (text: string | null) => text ?? (bySysmon ? null : undefined)
  return {
    image: facts.image,
    originalfilename: facts.originalFileName ?? undefined,
    commandline: always(facts.commandLine),
    currentdirectory: facts.currentDirectory ?? undefined,
    parentimage: always(facts.parentImage),
    parentcommandline: always(facts.parentCommandLine),
    user: always(facts.user),
    integritylevel: always(facts.integrityLevel),
    logonid: facts.logonId === null ? undefined : `0x${facts.logonId}`,
    ...sigmaHashes(facts.hashes),
  }
}

/** Hashes one by one, and as Sysmon prints them together. Which ones a host computes is its configuration: others are unknown. */
export function sigmaHashes(hashes: Hashes | null): SigmaFields {
  if (hashes === null) return {}
  const { md5, sha1, sha256, imphash } = hashes
  const printed = Object.entries({ MD5: md5, SHA1: sha1, SHA256: sha256, IMPHASH: imphash })
    .filter(([, digest]) => digest !== null)
    .map(([name, digest]) => `${name}=${digest}`)
  return {
    hashes: printed.length === 0 ? undefined : printed.join(','),
    md5: md5 ?? undefined,
    sha1: sha1 ?? undefined,
    sha256: sha256 ?? undefined,
    imphash: imphash ?? undefined,
  }
}
