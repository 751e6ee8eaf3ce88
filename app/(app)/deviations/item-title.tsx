import type { ReactNode } from 'react'
import { CommandLine } from '@/components/command-line/command-line'
import { Link } from '@/components/ui/link'

type ItemTitleProps = { item: { title: string; slug: string; binary: string }; children?: ReactNode }

/** What ran, and the binary that it is of; `children` follow its name. */
export function ItemTitle({ item: { title, slug, binary }, children }: ItemTitleProps) {
  return (
    <div className="mb-6 space-y-2">
      <CommandLine text={title} />
      <p className="text-muted">
        <Link className="link underline" href={`/binaries/${encodeURIComponent(slug)}`}>
          {binary}
        </Link>
        {children}
      </p>
    </div>
  )
}
