import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, integrityLevel, pid, processId, separateHashes, text, trimmed } from '../field'
import { type EventResult, type RecordContext, untimed } from '../result'
import { endpointCreation } from './endpoint-creation'

const TIMES = ['eventTime', 'event.time', 'tgtProcStartTime', 'tgt.process.startTime']

/**
 * Process creations of SentinelOne, as Deep Visibility (`tgtProcCmdLine`) and the data lake (`tgt.process.cmdline`) print them: of the source process, the
 * parent, and the target, which it made. Other events of its are not known here.
 */
export function fromSentinelOne(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  if (trimmed(fields['eventType'] ?? fields['event.type']) !== 'Process Creation') return null
  const of = (visible: string, lake: string) => fields[visible] ?? fields[lake]
  const host = firstText(of('endpointName', 'endpoint.name'))?.trim() || context.defaultHost
  const origin = { position, recordId: text(of('eventId', 'event.id')), host }
  const at = createdAt(of('eventTime', 'event.time'), of('tgtProcStartTime', 'tgt.process.startTime'))
  if (at === null) return untimed(fields, origin, TIMES, 'eventTime')
  const image = firstText(
    of('tgtProcImagePath', 'tgt.process.image.path'),
    of('tgtProcName', 'tgt.process.name'),
  )
  const known = {
    pid: pid(of('tgtProcPid', 'tgt.process.pid')),
    parentPid: pid(of('srcProcPid', 'src.process.pid')),
    processGuid: processId(of('tgtProcUid', 'tgt.process.uid')),
    parentProcessGuid: processId(of('srcProcUid', 'src.process.uid')),
    commandLine: text(of('tgtProcCmdLine', 'tgt.process.cmdline')),
    parentImage: firstText(
      of('srcProcImagePath', 'src.process.image.path'),
      of('srcProcName', 'src.process.name'),
    ),
    parentCommandLine: text(of('srcProcCmdLine', 'src.process.cmdline')),
    user: trimmed(of('tgtProcUser', 'tgt.process.user')),
    integrityLevel: integrityLevel(of('tgtProcIntegrityLevel', 'tgt.process.integrityLevel')),
    hashes: separateHashes({
      md5: of('tgtProcImageMd5', 'tgt.process.image.md5'),
      sha1: of('tgtProcImageSha1', 'tgt.process.image.sha1'),
      sha256: of('tgtProcImageSha256', 'tgt.process.image.sha256'),
    }),
    signer: trimmed(of('tgtProcPublisher', 'tgt.process.publisher')),
  }
  return endpointCreation('edr', origin, at, image, known, 'tgtProcImagePath')
}
