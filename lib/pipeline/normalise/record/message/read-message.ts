import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { securityMessage } from './security-message'
import { sysmonMessage } from './sysmon-message'

/** What programs that show events to people call the Security log's provider, in many languages with a full stop at the end. */
const SECURITY_NAME = /^Microsoft.Windows.+\.$/i
const SECURITY_PROVIDER = 'Microsoft-Windows-Security-Auditing'

/** A provider by its own name. */
export function providerName(shown: string | null): string | null {
  if (shown === 'Sysmon') return 'Microsoft-Windows-Sysmon'
  return shown !== null && SECURITY_NAME.test(shown) ? SECURITY_PROVIDER : shown
}

/** The fields of an event that is known by its text only; none where such texts are not read. */
export function messageData(
  log: { provider: string | null; channel: string | null },
  eventId: number,
  message: JsonValue | undefined,
): JsonObject {
  if (typeof message !== 'string') return {}
  const name = (log.provider ?? log.channel ?? '').toLowerCase()
  if (name.startsWith('microsoft-windows-sysmon')) return sysmonMessage(eventId, message)
  if (name.startsWith('microsoft-windows-applocker')) return appLockerMessage(message)
  const isSecurity = name === 'security' || name === SECURITY_PROVIDER.toLowerCase()
  return (isSecurity ? securityMessage(eventId, message) : null) ?? {}
}

/** "%OSDRIVE%\\A.EXE was prevented from running." In other languages the file cannot be told from the sentence. */
function appLockerMessage(message: string): JsonObject {
  const file = /^(.{1,32768}?) was (?:allowed|prevented)\b/.exec(message)?.[1]
  return file === undefined ? {} : { FilePath: file }
}
