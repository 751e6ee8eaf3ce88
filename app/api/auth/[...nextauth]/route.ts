import { handlers } from '@/lib/access/auth'
import { withSmallBody } from '@/lib/http/with-small-body'

export const { GET } = handlers
export const POST = withSmallBody(handlers.POST)
