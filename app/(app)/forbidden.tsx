import { ForbiddenMessage } from '../messages'

/** Inside the frame of the pages. */
export default function Forbidden() {
  return <ForbiddenMessage />
}
