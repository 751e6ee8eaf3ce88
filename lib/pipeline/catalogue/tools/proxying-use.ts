import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import { splitCommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { DUMPERS_BY_NUMBER } from './dumpers'
import type { DocumentedUse, RiskFact } from './tool-use'

/** Switches of Chromium, and so of every Electron program, that name a program to start in place of its own. */
const CHROMIUM: readonly DocumentedUse[] = [
  {
    when: /--(?:gpu-launcher|utility-cmd-prefix|renderer-cmd-prefix|ppapi-plugin-launcher|browser-subprocess-path)[=\s]/,
    fact: 'launches-program',
  },
]
/** Clients of OpenSSH run a local command for a connection; one that passes the host on (%h) is a way through a gateway. */
const OPENSSH: readonly DocumentedUse[] = [
  {
    when: /(?:proxycommand|localcommand|knownhostscommand)\s{0,4}[=\s](?!.{0,512}%h)/,
    fact: 'launches-program',
  },
]
/** Windows gives a console host a handle (0x4), terminals give it a server or signal handle. */
const CONSOLES: readonly DocumentedUse[] = [
  { when: /^(?!0x)(?!.{0,512}--(?:server|signal)\b)(?=.{0,512}[a-z]{2})/, fact: 'launches-program' },
]
const SQUIRREL: readonly DocumentedUse[] = [
  { when: /--(?:download|update|updaterollback)[=\s]{1,8}(?:https?:|\\\\)/, fact: 'download' },
]

const FROM_WEB: readonly DocumentedUse[] = [{ when: /\bhttps?:/, fact: 'remote-url' }]
/** A stream beside a file's contents, named as `file:stream`. */
const STREAM: DocumentedUse = {
  when: /[a-z]:\\[^:"*?<>|]{1,256}:[^\s\\/:"*?<>|]{1,128}/,
  fact: 'alternate-data-stream',
}
const STREAMS: readonly DocumentedUse[] = [STREAM]
/** All copies, or all but none; of those that are kept in number the oldest go, as everywhere. */
export const BACKUPS_DELETED: DocumentedUse = {
  when: /^delete\s{1,8}(?:catalog\b|(?:systemstate)?backup\b(?!.{0,1024}keepversions:"?0*[1-9]|.{0,1024}[-/]deleteoldest(?=\s|$)))/,
  fact: 'deletes-backups',
}
/** The accounts of the host and their secrets. */
export const HIVES_COPIED: DocumentedUse = {
  when: /^(?:save|export)\s.{0,256}(?:hklm|hkey_local_machine)\\(?:sam|security)(?=["\s\\]|$)/,
  fact: 'copies-secrets',
}
/** Media to install another controller from, which hold every account of the domain; menus and commands may be cut short. */
const DIRECTORY_COPIES: readonly DocumentedUse[] = [
  { when: /\bi(?:fm?)?\b.{0,256}\bc(?:r|re|rea|reat|reate)?\s{1,8}["']?[sfr]/, fact: 'copies-secrets' },
]

/** Tools that count only where an administrator has them count, but for what LOLBAS documents of them and hardly anybody else asks of them. */
const OF_FEW: Readonly<Record<string, readonly DocumentedUse[]>> = {
  ...DUMPERS_BY_NUMBER,
  'appinstaller.exe': FROM_WEB,
  'bcp.exe': [{ when: /\squeryout\s.{0,512}\.(?:exe|dll|ps1|vbs|js|hta|bat)\b/, fact: 'download' }],
  'certreq.exe': [{ when: /[-/]post\b.{0,512}\bhttps?:/, fact: 'remote-url' }],
  'cmdl32.exe': [{ when: /\/vpn\b.{0,256}\/lan\b|\/lan\b.{0,256}\/vpn\b/, fact: 'download' }],
  'configsecuritypolicy.exe': FROM_WEB,
  'datasvcutil.exe': FROM_WEB,
  'desktopimgdownldr.exe': [{ when: /\/lockscreenurl:/, fact: 'remote-url' }],
  'devtunnel.exe': [{ when: /^host\b/, fact: 'opens-tunnel' }],
  'diantz.exe': STREAMS,
  'dsdbutil.exe': DIRECTORY_COPIES,
  'esentutl.exe': [
    STREAM,
    { when: /[-/]y\b.{0,512}[-/]vss\b|[-/]vss\b.{0,512}[-/]y\b/, fact: 'shadow-copy' },
  ],
  'expand.exe': STREAMS,
  'extrac32.exe': STREAMS,
  'finger.exe': [{ when: /\S@\S/, fact: 'download' }],
  'imewdbld.exe': FROM_WEB,
  'makecab.exe': STREAMS,
  'mpcmdrun.exe': [
    STREAM,
    { when: /[-/]downloadfile\b/, fact: 'remote-url' },
    { when: /[-/]?removedefinitions\s{1,8}[-/]all\b/, fact: 'weakens-defence' },
  ],
  'msohtmed.exe': FROM_WEB,
  'msoxmled.exe': FROM_WEB,
  'ngen.exe': FROM_WEB,
  'ntdsutil.exe': DIRECTORY_COPIES,
  'print.exe': STREAMS,
  // with a folder it packs or unpacks what lies there, whatever that is
  'printbrm.exe': [STREAM, { when: /[-/]d\s/, fact: 'download' }],
  'reg.exe': [HIVES_COPIED],
  'regedit.exe': STREAMS,
  'regini.exe': STREAMS,
  'wbadmin.exe': [
    BACKUPS_DELETED,
    { when: /^(?:start|enable)\s.{0,1024}\bntds\.dit\b/, fact: 'copies-secrets' },
  ],
}

/**
 * Programs that everybody uses all day and that run other code only if one option says so, and tools of few: an execution of theirs is a proxy execution where
 * that option stands in its command line, and nothing otherwise. On the cleaned command line after the program's name. Sources: the programs' own
 * documentation, and where LOLBAS says what each option is abused for. Patterns are bounded.
 */
const USES: Readonly<Record<string, readonly DocumentedUse[]>> = {
  ...OF_FEW,
  'conhost.exe': CONSOLES,
  'openconsole.exe': CONSOLES,
  'ssh.exe': OPENSSH,
  'scp.exe': OPENSSH,
  'sftp.exe': OPENSSH,
  'teams.exe': CHROMIUM,
  'code.exe': [
    ...CHROMIUM,
    // the command that opens it; its other words ask for its state or end it
    {
      when: /^tunnel(?:\s{1,8}(?:service\s{1,8}install|user\s{1,8}login)\b|\s{1,8}-|\s{0,8}$)/,
      fact: 'opens-tunnel',
    },
  ],
  'msedge.exe': [...CHROMIUM, { when: /--headless\b.{0,512}--dump-dom\b/, fact: 'download' }],
  'msedge_proxy.exe': CHROMIUM,
  'msedgewebview2.exe': CHROMIUM,
  'mscopilot.exe': CHROMIUM,
  'mscopilot_proxy.exe': CHROMIUM,
  'squirrel.exe': SQUIRREL,
  'update.exe': SQUIRREL,
  'explorer.exe': [{ when: /\/root,\s{0,8}"?[a-z]:\\[^"]{1,256}\.exe/, fact: 'launches-program' }],
  'winword.exe': [{ when: /(?:^|\s)[-/]l\s{0,8}"?[^\s"][^"]{0,256}\.(?:dll|wll)/, fact: 'launches-program' }],
  'winget.exe': [{ when: /\binstall\b.{0,256}\s(?:--manifest|-m)\s/, fact: 'launches-program' }],
  'vsls-agent.exe': [{ when: /--agentextensionpath\s/, fact: 'launches-program' }],
  'netsh.exe': [
    {
      when: /\badd\s{1,8}helper\s{1,8}\S|^a(?:dd?)?\s{1,8}h(?:e(?:l(?:p(?:er?)?)?)?)?\s{1,8}\S/,
      fact: 'launches-program',
    },
  ],
  'dnscmd.exe': [{ when: /\/serverlevelplugindll\s{1,8}\S/, fact: 'launches-program' }],
}

const STARTED = /--process-?start(?:andwait)?[=\s]{1,8}"?([^\s"]{1,128})/

/** Squirrel's updater lies beside the program that it starts: `…\slack\Update.exe --processStart slack.exe`. Any other name is somebody else's. */
function startsAnother(text: string, image: string): boolean {
  const started = STARTED.exec(text)?.[1]
  if (started === undefined) return false
  const folder = cleanPath(image).split('\\').at(-2) ?? ''
  const letters = (name: string) => name.replace(/\.exe$/, '').replaceAll(/[^a-z0-9]/g, '')
  // "GitHubDesktop\Update.exe --processStart GitHub.exe"
  return !letters(folder).includes(letters(started))
}

/**
 * What shows that such a program was used to run other code; none for a program that is not listed, or an everyday use of it.
 * @param slug the catalogue's identity of the binary that ran
 * @param tail the cleaned command line after the program's name, or the whole one where it is short of a name
 */
export function proxyingFacts(slug: string, tail: string, image: string): readonly RiskFact[] {
  const uses = USES[slug]
  if (uses === undefined) return []
  const facts = uses.filter(({ when }) => when.test(tail)).map(({ fact }) => fact)
  return slug === 'update.exe' && startsAnother(tail, image) ? [...facts, 'launches-program'] : facts
}

/** Whether an execution of a binary that is not counted as such is one all the same: its command line makes it run other code. */
export function isProxyingUse(slug: string, commandLine: string | null, image: string): boolean {
  if (commandLine === null || USES[slug] === undefined) return false
  const line = splitCommandLine(commandLine, image)
  return proxyingFacts(slug, cleanText(line.text.slice(line.tailStart)).trim(), image).length > 0
}

/** Whether some use of a binary makes it count. */
export function mayProxy(slug: string): boolean {
  return USES[slug] !== undefined
}
