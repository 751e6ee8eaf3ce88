import type { DnsQuery, ModuleLoad, NetworkConnection } from '@/lib/pipeline/event/event'
import type { SigmaFields } from './check'
import { sigmaHashes } from './process-event'

/** The process that did it: `user` null = not reported. */
type Actor = { image: string; user: string | null }

/** A loaded module under Sigma's names. What nothing is said of is unknown. */
export function toSigmaModule(
  { image, user }: Actor,
  load: Pick<ModuleLoad, 'module' | 'originalFileName' | 'signed' | 'signer' | 'signatureStatus' | 'hashes'>,
): SigmaFields {
  return {
    image,
    user: user ?? undefined,
    imageloaded: load.module,
    originalfilename: load.originalFileName ?? undefined,
    signed: load.signed === null ? undefined : String(load.signed),
    signature: load.signer ?? undefined,
    signaturestatus: load.signatureStatus ?? undefined,
    ...sigmaHashes(load.hashes),
  }
}

/** A connection under Sigma's names. */
export function toSigmaConnection(
  { image, user }: Actor,
  made: Pick<
    NetworkConnection,
    'protocol' | 'initiated' | 'destinationIp' | 'destinationHost' | 'destinationPort'
  >,
): SigmaFields {
  return {
    image,
    user: user ?? undefined,
    protocol: made.protocol ?? undefined,
    initiated: made.initiated === null ? undefined : String(made.initiated),
    destinationip: made.destinationIp ?? undefined,
    destinationhostname: made.destinationHost ?? undefined,
    destinationport: made.destinationPort === null ? undefined : String(made.destinationPort),
  }
}

/** A DNS query under Sigma's names; answers in one text, as Sysmon prints them. */
export function toSigmaQuery(
  { image, user }: Actor,
  asked: Pick<DnsQuery, 'query' | 'results'>,
): SigmaFields {
  return {
    image,
    user: user ?? undefined,
    queryname: asked.query,
    queryresults: asked.results.map((result) => `${result};`).join(''),
  }
}
