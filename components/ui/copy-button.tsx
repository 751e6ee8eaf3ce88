'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from './button'

const SHOWN_MS = 1500

/** Copies a text whole, however it is shortened on the screen. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <IconButton
      label={copied ? 'Copied' : label}
      icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      onClick={copy}
    />
  )
}
