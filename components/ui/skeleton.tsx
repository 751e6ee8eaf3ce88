import { clsx } from 'clsx'

/** A grey bar in the place of what is loading; give it the final size by `className`. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden
      className={clsx('motion-safe:animate-pulse rounded-sm bg-hover', className ?? 'h-4 w-full')}
    />
  )
}

/** A table that is loading. */
export function TableSkeleton({ rows = 12 }: { rows?: number }) {
  const widths = ['w-4/5', 'w-3/5', 'w-11/12', 'w-2/3']
  return (
    <div role="status" aria-label="Loading" className="rounded border">
      <div className="h-8 border-b bg-surface" />
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton are alike and never move
        <div key={index} className="flex h-8 items-center border-b px-3 last:border-0">
          <Skeleton className={clsx('h-3', widths[index % widths.length])} />
        </div>
      ))}
    </div>
  )
}
