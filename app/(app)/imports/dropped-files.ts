/** A file and what to call it: its path where it came with its folder. */
export type NamedFile = { file: File; name: string }

/** Files chosen by an input; a folder's files carry their path. */
export function chosenFiles(list: FileList): NamedFile[] {
  return Array.from(list, (file) => ({ file, name: file.webkitRelativePath || file.name }))
}

export type DroppedFiles = { files: NamedFile[]; unreadable: number }

/** Every file that was dropped, folders read to the bottom. Entries must be taken during the event: call it right away. */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFiles> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  )
  const dropped: DroppedFiles = { files: [], unreadable: 0 }
  for (const entry of entries) await collect(entry, dropped)
  return dropped
}

async function collect(entry: FileSystemEntry, into: DroppedFiles): Promise<void> {
  try {
    if (entry.isFile) into.files.push(await toFile(entry as FileSystemFileEntry))
    else for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) await collect(child, into)
  } catch {
    into.unreadable++
  }
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
