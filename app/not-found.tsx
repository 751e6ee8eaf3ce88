import { NotFoundMessage } from './messages'

export default function NotFound() {
  return (
    <main>
      <NotFoundMessage />
    </main>
  )
}
