/** The countermeasures that CM0091 leads to, and the binaries that each is about. Titles are ours; ids and binaries are the published facts. */
export const RELATED_COUNTERMEASURES = [
  {
    id: 'CM0005',
    title: 'mshta.exe',
    slugs: ['mshta.exe'],
    asks: 'Watch executions, arguments, lineage, masquerading, network and libraries; block it with an AppLocker rule, or leave local HTAs and cut its network',
  },
  {
    id: 'CM0006',
    title: 'regasm.exe and regsvcs.exe',
    slugs: ['regasm.exe', 'regsvcs.exe'],
    asks: 'Watch the same, and the libraries they load; block by agent rule, deny network',
  },
  {
    id: 'CM0007',
    title: 'verclsid.exe',
    slugs: ['verclsid.exe'],
    asks: 'Watch the same; let the firewall or an agent deny its connections',
  },
  {
    id: 'CM0008',
    title: 'mavinject.exe',
    slugs: ['mavinject.exe'],
    asks: 'Watch the same, and injection; remove or block it where App-V is not in use',
  },
  {
    id: 'CM0046',
    title: 'hh.exe and .chm files',
    slugs: ['hh.exe'],
    asks: 'Block hh.exe by application control; block the download of .chm',
  },
  {
    id: 'CM0057',
    title: 'osascript (macOS)',
    slugs: ['osascript'],
    asks: 'List scripts and who signed them; allow those of approved developers only',
  },
] as const
