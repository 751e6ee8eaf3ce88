import type { Signature } from '@/lib/pipeline/baseline/signature'

/** What opening a file with the wrong program would not run. */
export const CODE = new Set([
  ...['msi', 'jse', 'vbe', 'wsf', 'lnk', 'jar'],
  'exe',
  'dll',
  'com',
  'scr',
  'bat',
  'cmd',
  'ps1',
  'vbs',
  'js',
  'hta',
  'sys',
  'ocx',
  'cpl',
  // what is opened as a drive or a folder, and what leads elsewhere
  ...[
    'iso',
    'img',
    'vhd',
    'vhdx',
    'url',
    'chm',
    'msc',
    'xll',
    'search-ms',
    'library-ms',
    'appref-ms',
    'settingcontent-ms',
  ],
])

/** What shows in a viewer or browser and runs nothing by itself. */
const DOCUMENTS = new Set([
  ...['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'txt', 'rtf', 'csv', 'msg', 'eml', 'log'],
  ...['jpg', 'jpeg', 'png', 'gif', 'bmp', 'tif', 'tiff', 'htm', 'html', 'mht', 'xml'],
])

/** Explorer asks its user what to open a file with, of which it knows no program: nobody is asked about code, which has one. */
const ASKS = /\\shell32\.dll,openas_rundll /

function isAskedFor({ target, pattern }: Signature): boolean {
  return ASKS.test(pattern ?? '') && !CODE.has(target?.extension ?? '')
}

const ELSEWHERE: ReadonlySet<string> = new Set([
  'url',
  'webdav',
  'unc',
  'shell-object',
  'alternate-data-stream',
])

/** Whether its user is asked what to open a file of the host with, which is no code. */
export function asksWhatToOpenWith(signature: Signature): boolean {
  const { target } = signature
  return target !== null && !ELSEWHERE.has(target.class) && isAskedFor(signature)
}

/** Whether a launcher opens what shows in a viewer, or asks its user what to open it with. */
export function opensDocument(signature: Signature): boolean {
  const { slug, facts, target } = signature
  if (slug !== 'rundll32.exe' || !facts.includes('opens-file')) return false
  return DOCUMENTS.has(target?.extension ?? '') || isAskedFor(signature)
}
