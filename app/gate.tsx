import type { ReactNode } from 'react'

type GateProps = { title: string; description?: ReactNode; children: ReactNode }

/** The frame of the pages before signing in. */
export function Gate({ title, description, children }: GateProps) {
  return (
    <main className="grid min-h-full place-items-center bg-surface p-4">
      <div className="w-full max-w-sm">
        <p className="mb-4 text-center font-semibold text-heading">Cordon</p>
        <div className="rounded border bg-raised p-6">
          <h1 className="font-semibold text-title">{title}</h1>
          {description !== undefined && <p className="mt-1 text-muted">{description}</p>}
          <div className="mt-4">{children}</div>
        </div>
      </div>
    </main>
  )
}
