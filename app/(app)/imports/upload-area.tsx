'use client'

import { clsx } from 'clsx'
import { FileUp } from 'lucide-react'
import { type ChangeEvent, type DragEvent, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { countOf } from '@/components/ui/numbers'
import { useToast } from '@/components/ui/toast'
import { SAID_ORDERS } from '@/lib/pipeline/parse/date-order'
import { DATE_ORDERS } from './date-orders'
import { chosenFiles, droppedFiles, type NamedFile } from './dropped-files'
import { TransferList } from './transfer-list'
import { type UploadActions, useTransfers } from './use-transfers'

const MAX_HOST = 253

type UploadAreaProps = { actions: UploadActions }

/** Takes files and folders by dropping or choosing, and shows how far each one is. */
export function UploadArea({ actions }: UploadAreaProps) {
  const { add, ...list } = useTransfers(actions)
  const [over, setOver] = useState(false)
  const host = useRef<HTMLInputElement>(null)
  const order = useRef<HTMLSelectElement>(null)
  const toast = useToast()
  const take = (files: readonly NamedFile[]) => {
    const dateOrder = SAID_ORDERS.find((one) => one === order.current?.value) ?? ''
    if (files.length > 0) add(files, { host: host.current?.value.trim() ?? '', dateOrder })
    else toast('There is no file in what was dropped.', 'bad')
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFiles(event.dataTransfer).then(({ files, unreadable }) => {
      if (unreadable > 0)
        toast(`${countOf(unreadable, 'file or folder', 'files or folders')} could not be opened.`, 'bad')
      if (files.length > 0 || unreadable === 0) take(files)
    })
  }
  return (
    <section aria-label="Upload" className="mb-4 space-y-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a pointer's shortcut for the buttons inside */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={clsx(
          'flex flex-wrap items-end gap-x-6 gap-y-3 rounded border border-dashed p-4',
          over ? 'border-accent bg-selected' : 'border-line-strong bg-surface',
        )}
      >
        <div className="min-w-60 flex-1">
          <p className="flex items-center gap-2 font-medium">
            <FileUp aria-hidden className="size-4" />
            Drop event logs or folders here
          </p>
          <p className="mt-1 max-w-prose text-muted">
            EVTX, XML, JSON, CSV and text exports, also inside .gz, .zip and .tar. A record that is already
            known is counted, but not stored twice. If the connection breaks, sending is tried again by
            itself; if the page was closed, choose the same file again and it goes on where it stopped.
          </p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Picker label="Choose files" onPick={take} />
            <Picker label="Choose a folder" folder onPick={take} />
          </div>
        </div>
        <TextField
          ref={host}
          label="Host name"
          hint="Only for logs that name no host"
          placeholder="optional"
          maxLength={MAX_HOST}
          autoComplete="off"
          className="w-60"
        />
        <SelectField
          ref={order}
          label="Order of dates"
          hint="Only for tables that do not show it"
          options={DATE_ORDERS}
          className="w-60"
        />
      </div>
      <TransferList {...list} />
    </section>
  )
}

type PickerProps = { label: string; folder?: boolean; onPick: (files: NamedFile[]) => void }

/** A button that opens the browser's chooser. */
function Picker({ label, folder = false, onPick }: PickerProps) {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    if (event.target.files) onPick(chosenFiles(event.target.files))
    // the same file can be chosen again
    event.target.value = ''
  }
  return (
    <>
      <input
        id={id}
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={pick}
        {...(folder && { webkitdirectory: '' })}
      />
      <Button onClick={() => input.current?.click()}>{label}</Button>
    </>
  )
}
