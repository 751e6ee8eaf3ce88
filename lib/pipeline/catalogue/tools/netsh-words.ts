/** Contexts and commands of netsh, by their words; what is left of one without words below it are its parameters. The first that an abbreviation fits is meant. */
export type Words = { readonly [word: string]: Words }

const END: Words = {}

function ends(words: string): Words {
  return Object.fromEntries(words.split(' ').map((word) => [word, END]))
}

/** What nearly every context has. */
const VERBS: Words = ends('add delete set show dump help reset export import')
const PROFILES: Words = ends('allprofiles currentprofile domainprofile privateprofile publicprofile global')
const PROXIES: Words = ends('v4tov4 v4tov6 v6tov4 v6tov6')
const RULE: Words = ends('rule')
const ADDRESSES: Words = ends(
  'address dnsservers interfaces neighbors route winsservers global config subinterfaces',
)
const IP: Words = {
  add: ADDRESSES,
  delete: ADDRESSES,
  set: ADDRESSES,
  show: ADDRESSES,
  reset: END,
  dump: END,
}
const HTTP_SETTINGS: Words = ends('urlacl sslcert iplisten timeout cacheparam cache servicestate setting')
const WLAN: Words = ends('profiles interfaces networks drivers filters hostednetwork settings all')
const PROXY: Words = ends('proxy advproxy tracing')
const IPSEC: Words = ends('policy filter filterlist filteraction rule')
const POLICIES: Words = { add: IPSEC, delete: IPSEC, set: IPSEC, show: IPSEC }

export const NETSH_WORDS: Words = {
  add: ends('helper'),
  advfirewall: {
    firewall: { add: RULE, delete: RULE, set: RULE, show: RULE, dump: END, help: END },
    set: PROFILES,
    show: PROFILES,
    consec: VERBS,
    mainmode: VERBS,
    monitor: VERBS,
    export: END,
    import: END,
    reset: END,
    dump: END,
    help: END,
  },
  interface: {
    portproxy: {
      add: PROXIES,
      set: PROXIES,
      delete: PROXIES,
      show: { all: END, ...PROXIES },
      reset: END,
      dump: END,
    },
    ip: IP,
    ipv4: IP,
    ipv6: IP,
    tcp: VERBS,
    teredo: VERBS,
    '6to4': VERBS,
    isatap: VERBS,
    httpstunnel: VERBS,
    set: ends('interface'),
    show: ends('interface'),
    dump: END,
    reset: END,
  },
  firewall: {
    add: ends('allowedprogram portopening'),
    delete: ends('allowedprogram portopening'),
    set: ends(
      'opmode service allowedprogram portopening icmpsetting logging multicastbroadcastresponse notifications',
    ),
    show: ends('allowedprogram portopening config currentprofile icmpsetting logging opmode service state'),
    reset: END,
    dump: END,
  },
  http: {
    add: HTTP_SETTINGS,
    delete: HTTP_SETTINGS,
    show: HTTP_SETTINGS,
    update: HTTP_SETTINGS,
    flush: ends('logbuffer'),
  },
  delete: ends('helper'),
  set: ends('machine mode'),
  show: ends('helper alias mode'),
  winhttp: { show: PROXY, set: PROXY, reset: PROXY, import: PROXY, dump: END },
  winsock: { reset: END, show: ends('catalog'), audit: END, remove: END, set: END },
  wlan: {
    show: WLAN,
    export: ends('profiles hostednetworkprofile'),
    add: ends('profiles filters'),
    delete: ends('profiles filters'),
    set: ends(
      'profileparameter profileorder profiletype hostednetwork autoconfig blockednetworks allowexplicitcreds',
    ),
    connect: END,
    disconnect: END,
    start: ends('hostednetwork'),
    stop: ends('hostednetwork'),
    refresh: ends('hostednetwork'),
    reportissues: END,
    dump: END,
  },
  wfp: { capture: ends('start stop status'), show: END, set: END },
  trace: {
    start: END,
    stop: END,
    show: ends(
      'status scenarios providers scenario provider interfaces globalkeywordsandlevels capturefilterhelp',
    ),
    convert: END,
    merge: END,
    diagnose: END,
    correlate: END,
    export: END,
  },
  ipsec: { static: POLICIES, dynamic: VERBS, dump: END },
  dnsclient: VERBS,
  dhcpclient: VERBS,
  dhcp: VERBS,
  lan: VERBS,
  ras: VERBS,
  rpc: VERBS,
  branchcache: VERBS,
  bridge: VERBS,
  mbn: VERBS,
  namespace: VERBS,
  netio: VERBS,
  nap: VERBS,
  p2p: VERBS,
  wcn: VERBS,
  exec: END,
  dump: END,
  help: END,
}

export type Meaning = { word: string; below: Words }

/** What a word, abbreviated or not, means in a context; null = nothing that is known. */
export function meaningIn(context: Words, word: string): Meaning | null {
  const own = Object.hasOwn(context, word) ? context[word] : undefined
  if (own !== undefined) return { word, below: own }
  const found = word === '' ? undefined : Object.entries(context).find(([full]) => full.startsWith(word))
  return found === undefined ? null : { word: found[0], below: found[1] }
}
