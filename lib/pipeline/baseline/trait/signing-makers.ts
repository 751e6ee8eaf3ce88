/** Makers of software for whole organisations that sign every library they ship. By hand, from what their products install; makers that leave some unsigned are left out. */
const SIGNING = new Set(
  (
    'microsoft adobe apple autodesk google mozilla oracle vmware citrix cisco intel nvidia amd dell lenovo hewlett sap ibm broadcom symantec ' +
    'mcafee trellix sophos kaspersky eset crowdstrike sentinelone fortinet veeam veritas commvault acronis teamviewer zoom dropbox slack ' +
    'logitech jabra plantronics splunk tanium qualys tenable'
  ).split(' '),
)

/** The folder of the maker: the first below what everybody has, or the next below `Common Files`. */
function makerFolder([first = '', second = '']: readonly string[]): string {
  return first === 'common files' ? second : first
}

/** Whether a file's folder bears the name of a maker that signs all it ships. @param folders names of the folders above the file, below the one that everybody has */
export function isOfSigningMaker(folders: readonly string[]): boolean {
  return makerFolder(folders)
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => SIGNING.has(word))
}
