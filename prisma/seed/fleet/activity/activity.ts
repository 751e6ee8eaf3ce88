import type { Process } from '../process'
import type { Random } from '../random'
import type { Truth } from '../simulated-record'
import { type Activity, type Contact, type LoadedModule, SYSTEM32, windowsModule } from './facts'
import { USUAL } from './usual'

const LIBRARY = /[a-z]:\\[^"<>|*?,]{1,200}\.(?:dll|ocx|cpl)\b/i
const WEB_ADDRESS = /https?:\/\/([\d.]{7,15}|[a-z\d.-]{4,60})(?::(\d{2,5}))?/i
/** Intruders' servers, in networks kept for documentation (RFC 5737). */
const INTRUDERS = ['203.0.113.51', '203.0.113.77', '198.51.100.7', '198.51.100.23'] as const

/** The library that the command line names; intruders sign nothing. */
function namedLibrary(process: Process, truth: Truth): LoadedModule[] {
  const [path] = LIBRARY.exec(process.commandLine) ?? []
  if (path === undefined) return []
  if (path.toLowerCase().startsWith(SYSTEM32.toLowerCase()))
    return truth.label === 'attack' ? [] : [windowsModule(path)]
  return [
    truth.label === 'attack'
      ? { path, signed: false, signer: '-' }
      : {
          path,
          signed: true,
          signer: `${/\\Program Files[^\\]*\\([^\\]+)/i.exec(path)?.[1] ?? 'Example'} Inc.`,
        },
  ]
}

/** The web address that the command line names. */
function namedAddress(process: Process, random: Random): Contact[] {
  const [, host, port] = WEB_ADDRESS.exec(process.commandLine) ?? []
  if (host === undefined) return []
  const isAddress = /^[\d.]+$/.test(host)
  const fallback = process.commandLine.includes('https:') ? 443 : 80
  return [
    {
      name: isAddress ? null : host,
      ip: isAddress ? host : `192.0.2.${random.between(10, 90)}`,
      port: port === undefined ? fallback : Number(port),
    },
  ]
}

/** What a process of a proxy binary loads and reaches. */
export function activityOf(process: Process, truth: Truth, random: Random): Activity {
  const usual = USUAL.get(truth.binary ?? '')?.(process, random) ?? { modules: [], contacts: [] }
  const contacts = [...usual.contacts, ...namedAddress(process, random)]
  if (truth.label === 'attack' && contacts.length === 0 && random.chance(0.6))
    contacts.push({ name: null, ip: random.pick(INTRUDERS), port: random.pick([443, 443, 8080]) })
  return {
    // every process loads this one; it says that module loads are reported
    modules: [windowsModule('ntdll.dll'), ...usual.modules, ...namedLibrary(process, truth)],
    contacts,
  }
}
