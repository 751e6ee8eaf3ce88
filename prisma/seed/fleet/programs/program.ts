/** An executable on disk, with the version resource that sensors report. */
export type Program = {
  path: string
  /** Lower-case file name of the path. */
  file: string
  /** OriginalFileName of the version resource; "-" where it has none. */
  originalFileName: string
  description: string
  product: string
  company: string
  /** null: part of Windows, so the version is the host's Windows build. */
  version: string | null
  /** Names the file's content, wherever it is copied: its hashes follow from it. */
  contentId: string
}

type Folder = 'System32' | 'SysWOW64' | 'Windows' | (string & {})

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1).toLowerCase()
}

function folderPath(folder: Folder): string {
  if (folder === 'Windows') return String.raw`C:\Windows`
  return folder.includes(':') ? folder : `C:\\Windows\\${folder}`
}

/** A program that Windows itself ships; `folder` is relative to C:\Windows unless it names a drive. */
export function windows(
  name: string,
  original: string,
  description: string,
  folder: Folder = 'System32',
): Program {
  return {
    path: `${folderPath(folder)}\\${name}`,
    file: name.toLowerCase(),
    originalFileName: original,
    description,
    product: 'Microsoft® Windows® Operating System',
    company: 'Microsoft Corporation',
    version: null,
    contentId: `${folder}\\${name}`,
  }
}

/** Any other program; its original file name is its file name unless told. */
export function application(
  path: string,
  company: string,
  product: string,
  version: string,
  originalFileName = path.slice(path.lastIndexOf('\\') + 1),
): Program {
  return {
    path,
    file: fileOf(path),
    originalFileName,
    description: product,
    product,
    company,
    version,
    contentId: path,
  }
}

/** The same program copied elsewhere: the version resource travels with it. */
export function copiedTo(program: Program, path: string): Program {
  return { ...program, path, file: fileOf(path) }
}
