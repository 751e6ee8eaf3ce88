import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { sourceOf } from '../source'
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
  const name = sourceOf(log.provider, log.channel)
  if (name === '') return unnamedMessage(eventId, message) ?? {}
  if (name.startsWith('microsoft-windows-sysmon')) return sysmonMessage(eventId, message)
  if (name.startsWith('microsoft-windows-applocker')) return appLockerMessage(message)
  const isSecurity = name === 'security' || name === SECURITY_PROVIDER.toLowerCase()
  return (isSecurity ? securityMessage(eventId, message) : null) ?? {}
}

/** How the texts of Sysmon's events begin that are read, in any language. */
const SYSMON_TITLES: Readonly<Record<number, string>> = {
  1: 'Process Create:',
  3: 'Network connection detected:',
  5: 'Process terminated:',
  7: 'Image loaded:',
  22: 'Dns query:',
}

/** Where nothing names the log, the text does, or no fields are read of it. */
function unnamedMessage(eventId: number, message: string): JsonObject | null {
  if (eventId === 4688) return securityMessage(eventId, message)
  const title = SYSMON_TITLES[eventId]
  if (title === undefined || message.split('\n', 1)[0]?.trim() !== title) return null
  const fields = sysmonMessage(eventId, message)
  return fields['UtcTime'] === undefined || fields['ProcessGuid'] === undefined ? null : fields
}

/** "%OSDRIVE%\\A.EXE was prevented from running." In other languages the file cannot be told from the sentence. */
function appLockerMessage(message: string): JsonObject {
  const file = /^(.{1,32768}?) was (?:allowed|prevented)\b/.exec(message)?.[1]
  return file === undefined ? {} : { FilePath: file }
}
