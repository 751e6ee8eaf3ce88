import { NotFoundMessage } from '../messages'

/** Inside the frame of the pages. */
export default function NotFound() {
  return <NotFoundMessage />
}
