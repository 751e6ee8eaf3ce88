import type { Process } from '../process'
import type { Random } from '../random'
import { type Activity, type Contact, windowsModule } from './facts'

const CLR = 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\clr.dll'

const DOMAIN_CONTROLLER: Contact = { name: null, ip: '10.10.0.10', port: 135 }
const FILE_SERVER: Contact = { name: 'srv-file-0002.corp.example', ip: '10.10.0.20', port: 445 }
const DISTRIBUTION: Contact = { name: 'srv-distribution-0001.corp.example', ip: '10.10.0.30', port: 443 }
const REVOCATION: Contact = { name: 'ocsp.example.net', ip: '192.0.2.11', port: 80 }
const PACKAGES: Contact = { name: 'packages.example.org', ip: '192.0.2.12', port: 443 }

type Usual = (process: Process, random: Random) => Activity

const doing =
  (modules: readonly string[], contact?: Contact, chance = 0): Usual =>
  (_, random) => ({
    modules: modules.map(windowsModule),
    contacts: contact !== undefined && random.chance(chance) ? [contact] : [],
  })

const script: Usual = (process, random) => ({
  modules: [
    windowsModule(/\.js\b/i.test(process.commandLine) ? 'jscript.dll' : 'vbscript.dll'),
    ...(random.chance(0.6) ? [windowsModule('scrrun.dll')] : []),
  ],
  contacts: random.chance(0.15) ? [FILE_SERVER] : [],
})

/** What proxy binaries load and reach on an ordinary day, by their lower-case file name. */
export const USUAL: ReadonlyMap<string, Usual> = new Map([
  ['wscript.exe', script],
  ['cscript.exe', script],
  ['mshta.exe', doing(['mshtml.dll', 'jscript9.dll'])],
  ['mmc.exe', doing([CLR], DOMAIN_CONTROLLER, 0.4)],
  ['wmic.exe', doing(['wbem\\wbemprox.dll'], DOMAIN_CONTROLLER, 0.05)],
  ['msiexec.exe', doing([], DISTRIBUTION, 0.3)],
  ['certutil.exe', doing([], REVOCATION, 0.5)],
  ['bitsadmin.exe', doing([], DISTRIBUTION, 0.8)],
  ['msbuild.exe', doing([CLR], PACKAGES, 0.3)],
  ['csc.exe', doing([CLR])],
  ['regasm.exe', doing([CLR])],
  ['regsvcs.exe', doing([CLR])],
  ['installutil.exe', doing([CLR])],
  ['vstest.console.exe', doing([CLR])],
])
