import { HOUR_MS } from '../calendar'
import type { HostDay } from '../host-day'
import { msiexec, msiexecx86, odbcconf, regasmx86, regsvr32 } from '../programs/proxies'
import { cmd } from '../programs/windows'
import { Random } from '../random'
import { type Behaviour, everywhere, onDesks } from './behaviour'

type Package = { id: string; file: string; folder: string; library: string | null }

const PRODUCTS = [
  ['Norwall-Connect', 'Norwall\\Connect', 'NorwallShell.dll'],
  ['Ledgerline-Client', 'Ledgerline\\Client', 'LedgerCom.dll'],
  ['7z-x64', '7-Zip', '7-zip.dll'],
  ['CadView', 'Stratus\\CadView', 'CadPreview.dll'],
  ['Firefox-ESR', 'Mozilla Firefox', null],
  ['NotepadPP', 'Notepad++', 'NppShell.dll'],
  ['Zoom-Outlook', 'Zoom\\Outlook', 'ZoomAddin.dll'],
  ['EndpointDLP', 'Halden\\DLP', 'HaldenHook.dll'],
] as const satisfies readonly (readonly [string, string, string | null])[]
const RELEASES_PER_DAY = 0.4

/** What administrators allow on servers. */
const FOR_SERVERS: ReadonlySet<string> = new Set(
  ['7-Zip', 'Notepad++', 'Halden\\DLP'].map((folder) => `C:\\Program Files\\${folder}`),
)

/** The package released on a day, if one was: the same for the whole fleet. */
function releasedOn(seed: number, utcDay: number): Package | null {
  const random = new Random(seed, 'release', utcDay)
  if (!random.chance(RELEASES_PER_DAY)) return null
  const [name, folder, library] = random.pick(PRODUCTS)
  const version = `${random.between(3, 24)}.${Math.floor(utcDay / 30) % 12}.${utcDay % 97}`
  return {
    id: random.word(2),
    file: `${name}-${version}.msi`,
    folder: `C:\\Program Files\\${folder}`,
    library,
  }
}

function install(day: HostDay, atMs: number, software: Package): void {
  const { machine, random } = day
  const byIntune = onDesks(day.host) && day.host.index % 2 === 0
  const source = byIntune
    ? `C:\\Windows\\IMECache\\${random.guid().slice(1, -1).toLowerCase()}_1\\${software.file}`
    : `C:\\Windows\\ccmcache\\${software.id}\\${software.file}`
  const agent = machine.service(byIntune ? 'intune' : 'ccm')
  day.spawn(
    atMs,
    agent,
    msiexec,
    `"C:\\Windows\\system32\\msiexec.exe" /i "${source}" /qn /norestart ALLUSERS=1 /l*v "C:\\Windows\\Logs\\Software\\${software.file}.log"`,
  )
  const service = day.spawn(
    atMs + 1_500,
    machine.serviceControl,
    msiexec,
    String.raw`C:\Windows\system32\msiexec.exe /V`,
  )
  const server = random.chance(0.6) ? msiexecx86 : msiexec
  const flags = random.chance(0.5) ? ' E Global\\MSI0000' : ''
  const custom = day.spawn(
    atMs + 5_000,
    service,
    server,
    `${server.path} -Embedding ${random.hex(32).toUpperCase()}${flags}`,
  )
  if (software.library !== null) {
    day.spawn(
      atMs + 9_000,
      service,
      regsvr32,
      `"C:\\Windows\\System32\\regsvr32.exe" /s "${software.folder}\\${software.library}"`,
    )
  }
  if (software.file.startsWith('Ledgerline')) {
    day.spawn(
      atMs + 11_000,
      custom,
      odbcconf,
      'odbcconf.exe /A {CONFIGSYSDSN "SQL Server" "DSN=Ledgerline|Server=srv-application-0004|Database=Ledger"}',
    )
    day.spawn(
      atMs + 12_000,
      service,
      regasmx86,
      `"C:\\Windows\\Microsoft.NET\\Framework\\v4.0.30319\\RegAsm.exe" "${software.folder}\\Ledger.Interop.dll" /codebase /silent`,
    )
  }
  if (software.file.startsWith('CadView')) {
    const batch = day.spawn(
      atMs + 13_000,
      custom,
      cmd,
      `C:\\Windows\\system32\\cmd.exe /c ""${software.folder}\\post.cmd""`,
    )
    day.spawn(atMs + 13_200, batch, regsvr32, `regsvr32  /s /c "${software.folder}\\x86\\StratusOle.ocx"`)
  }
}

/** Packages rolled out by Configuration Manager and Intune, ring by ring over a week. */
export const softwareDeployment: Behaviour = {
  name: 'software-deployment',
  runsOn: everywhere,
  run: (day) => {
    const { powered } = day.presence
    const software = releasedOn(day.seed, day.utcDay - day.host.ringDays)
    const wanted = software !== null && (onDesks(day.host) || FOR_SERVERS.has(software.folder))
    if (wanted && day.random.chance(0.8)) {
      install(
        day,
        day.within({
          fromMs: powered.fromMs,
          untilMs: Math.min(powered.untilMs, powered.fromMs + 6 * HOUR_MS),
        }),
        software,
      )
    }
    day.throughTheDay(0.03, (atMs) =>
      day.spawn(
        atMs,
        day.machine.service('ccm'),
        msiexec,
        `"C:\\Windows\\system32\\msiexec.exe" /x ${day.random.guid()} /qn REBOOT=ReallySuppress`,
      ),
    )
  },
}
