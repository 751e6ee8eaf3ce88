/** A file and what to call it: its path where it came with its folder. */
export type NamedFile = { file: File; name: string }

/** Files chosen by an input; a folder's files carry their path. */
export function chosenFiles(list: FileList): NamedFile[] {
  return Array.from(list, (file) => ({ file, name: file.webkitRelativePath || file.name }))
}

/** Every file that was dropped, folders read to the bottom. Entries must be taken during the event: call it right away. */
export async function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  )
  const files: NamedFile[] = []
  for (const entry of entries) files.push(...(await filesOf(entry)))
  return files
}

async function filesOf(entry: FileSystemEntry): Promise<NamedFile[]> {
  if (entry.isFile) return [await toFile(entry as FileSystemFileEntry)]
  const files: NamedFile[] = []
  for (const child of await childrenOf(entry as FileSystemDirectoryEntry))
    files.push(...(await filesOf(child)))
  return files
}

function toFile(entry: FileSystemFileEntry): Promise<NamedFile> {
  return new Promise((resolve, reject) => {
    entry.file((file) => resolve({ file, name: entry.fullPath.replace(/^\//, '') }), reject)
  })
}

/** A browser gives a folder's entries about a hundred at a time, until none are left. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
