import { Link } from '@/components/ui/link'

/** Another decision, by its number. */
export function DecisionLink({ id }: { id: number }) {
  return (
    <Link href={`/decisions/${id}`} className="text-accent hover:underline">
      Decision {id}
    </Link>
  )
}
