import { ForbiddenMessage } from './messages'

export default function Forbidden() {
  return (
    <main>
      <ForbiddenMessage />
    </main>
  )
}
