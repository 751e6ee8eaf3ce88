import { Button } from '@/components/ui/button'
import { providerSignInAction } from './actions'

/** Leads to the OpenID provider; the form below it is for accounts that were made here. */
export function ProviderButton({ name, next }: { name: string; next: string }) {
  return (
    <form action={providerSignInAction} className="mb-4 border-b pb-4">
      <input type="hidden" name="next" value={next} />
      <Button type="submit" variant="primary" className="w-full">
        Sign in with {name}
      </Button>
    </form>
  )
}
