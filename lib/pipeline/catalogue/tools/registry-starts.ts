import type { RegistryKey } from './registry-key'

/**
 * A value of the registry that names what Windows starts or loads. `hijacks`: it stands in the place of something of Windows' own, or is loaded into other programs.
 * `usual`: what Windows itself has there.
 */
export type StartValue = {
  key: RegExp
  value: RegExp | null
  kind: 'command' | 'library'
  hijacks: boolean
  ofUser?: boolean
  usual?: RegExp
}

const ANY = null
const DEFAULT = /^$/

/** Origin: Microsoft's documentation of each, and where ATT&CK says what it is abused for (T1547, T1546, T1543.003, T1574, T1037). Keys are as `readKey` has their path. */
const STARTS: readonly StartValue[] = [
  {
    key: /(?:^|\\)microsoft\\windows\\currentversion\\(?:policies\\explorer\\run|run(?:once(?:ex)?|services(?:once)?)?)(?:\\|$)/,
    value: ANY,
    kind: 'command',
    hijacks: false,
  },
  {
    key: /(?:^|\\)microsoft\\active setup\\installed components\\/,
    value: /^stubpath$/,
    kind: 'command',
    hijacks: false,
  },
  {
    key: /(?:^|\\)currentcontrolset\\services\\[^\\]+$/,
    value: /^(?:imagepath|failurecommand)$/,
    kind: 'command',
    hijacks: false,
  },
  {
    key: /(?:^|\\)currentcontrolset\\services\\[^\\]+(?:\\parameters)?$/,
    value: /^servicedll$/,
    kind: 'library',
    hijacks: false,
  },
  {
    key: /(?:^|\\)microsoft\\windows nt\\currentversion\\winlogon$/,
    value: /^(?:shell|userinit|taskman|system|vmapplet|appsetup|gpextensions)$/,
    kind: 'command',
    hijacks: true,
    usual: /^(?:c:\\windows\\system32\\)?(?:userinit|explorer)(?:\.exe)?$|^c:\\windows\\explorer\.exe$/,
  },
  {
    key: /(?:^|\\)microsoft\\windows nt\\currentversion\\winlogon(?:\\notify\\[^\\]+)?$/,
    value: /^(?:ginadll|mpnotify|dllname)$/,
    kind: 'library',
    hijacks: true,
  },
  {
    key: /(?:^|\\)microsoft\\windows nt\\currentversion\\image file execution options\\[^\\]+/,
    value: /^debugger$/,
    kind: 'command',
    hijacks: true,
  },
  {
    key: /(?:^|\\)microsoft\\windows nt\\currentversion\\image file execution options\\[^\\]+/,
    value: /^verifierdlls$/,
    kind: 'library',
    hijacks: true,
  },
  {
    key: /(?:^|\\)microsoft\\windows nt\\currentversion\\silentprocessexit\\[^\\]+/,
    value: /^monitorprocess$/,
    kind: 'command',
    hijacks: true,
  },
  {
    key: /(?:^|\\)microsoft\\windows nt\\currentversion\\windows$/,
    value: /^(?:load|run)$/,
    kind: 'command',
    hijacks: true,
  },
  {
    key: /(?:^|\\)microsoft\\windows nt\\currentversion\\windows$/,
    value: /^appinit_dlls$/,
    kind: 'library',
    hijacks: true,
  },
  {
    key: /(?:^|\\)currentcontrolset\\control\\session manager\\appcertdlls$/,
    value: ANY,
    kind: 'library',
    hijacks: true,
  },
  {
    key: /(?:^|\\)currentcontrolset\\control\\session manager$/,
    value: /^(?:bootexecute|setupexecute|execute)$/,
    kind: 'command',
    hijacks: true,
    usual: /^autocheck(?: autochk(?: \*)?)?$|^$/,
  },
  {
    key: /(?:^|\\)currentcontrolset\\control\\lsa(?:\\osconfig)?$/,
    value: /^(?:authentication|security|notification) packages$/,
    kind: 'library',
    hijacks: true,
    usual: /^(?:msv1_0|kerberos|schannel|wdigest|tspkg|pku2u|cloudap|livessp|scecli|rassfm|negoexts|)$/,
  },
  {
    key: /(?:^|\\)currentcontrolset\\control\\print\\monitors\\[^\\]+$/,
    value: /^driver$/,
    kind: 'library',
    hijacks: false,
  },
  {
    key: /(?:^|\\)currentcontrolset\\services\\w32time\\timeproviders\\[^\\]+$/,
    value: /^dllname$/,
    kind: 'library',
    hijacks: true,
    usual: /^c:\\windows\\system32\\(?:w32time|vmictimeprovider)\.dll$/,
  },
  { key: /(?:^|\\)microsoft\\netsh$/, value: ANY, kind: 'library', hijacks: true },
  { key: /(?:^|\\)office test\\special\\perf$/, value: ANY, kind: 'library', hijacks: true },
  {
    key: /(?:^|\\)software\\classes\\clsid\\[^\\]+\\inprocserver(?:32)?$/,
    value: DEFAULT,
    kind: 'library',
    hijacks: true,
    ofUser: true,
  },
  {
    key: /(?:^|\\)software\\classes\\clsid\\[^\\]+\\inprocserver(?:32)?$/,
    value: DEFAULT,
    kind: 'library',
    hijacks: false,
  },
  {
    key: /(?:^|\\)software\\classes\\clsid\\[^\\]+\\localserver(?:32)?$/,
    value: DEFAULT,
    kind: 'command',
    hijacks: false,
  },
  // programs of Windows that elevate by themselves look here (T1548.002)
  {
    key: /(?:^|\\)software\\classes\\(?:ms-settings|mscfile|exefile|folder|appx82a6gwre4fdg3bt635tn5ctqjf8msdd2|launcher\.systemsettings)\\shell\\[^\\]+\\command$/,
    value: DEFAULT,
    kind: 'command',
    hijacks: true,
    usual: /^(?:c:\\windows\\system32\\mmc\.exe )?"?%1"?(?: %\*)?$/,
  },
  {
    key: /(?:^|\\)software\\classes\\[^\\]+\\shell\\[^\\]+\\command$/,
    value: DEFAULT,
    kind: 'command',
    hijacks: false,
  },
  { key: /(?:^|\\)microsoft\\command processor$/, value: /^autorun$/, kind: 'command', hijacks: true },
  { key: /^environment$/, value: /^userinitmprlogonscript$/, kind: 'command', hijacks: true },
  // tasks that elevate by themselves find Windows by it (T1548.002)
  {
    key: /^environment$/,
    value: /^(?:windir|systemroot)$/,
    kind: 'command',
    hijacks: true,
    ofUser: true,
    usual: /^(?:c:\\windows|%systemroot%|%windir%)$/,
  },
  // the folder whose files are started at logon (T1547.001)
  {
    key: /(?:^|\\)microsoft\\windows\\currentversion\\explorer\\(?:user )?shell folders$/,
    value: /^(?:common )?startup$/,
    kind: 'command',
    hijacks: true,
    usual: /\\microsoft\\windows\\start menu\\programs\\startup$/,
  },
  {
    key: /(?:^|\\)(?:session manager\\)?environment$/,
    value: /^cor(?:eclr)?_profiler_path(?:_32|_64)?$/,
    kind: 'library',
    hijacks: true,
  },
  {
    key: /(?:^|\\)control panel\\desktop$/,
    value: /^scrnsave\.exe$/,
    kind: 'command',
    hijacks: false,
  },
  {
    key: /(?:^|\\)microsoft\\windows\\currentversion\\app paths\\[^\\]+$/,
    value: DEFAULT,
    kind: 'command',
    hijacks: false,
  },
]

/** Of the values that name what is started or loaded, the one that this is; null = none. `value`: cleaned, empty for the default one. */
export function startValueAt({ path, ofUser }: RegistryKey, value: string): StartValue | null {
  const found = STARTS.find(
    (one) =>
      one.key.test(path) && (one.value === null || one.value.test(value)) && (one.ofUser !== true || ofUser),
  )
  return found ?? null
}
