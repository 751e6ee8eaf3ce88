import { Button } from '@/components/ui/button'

type DialogButtonsProps = { close: () => void; label: string; busy: boolean; onClick: () => void }

export function DialogButtons({ close, label, busy, onClick }: DialogButtonsProps) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={close}>Cancel</Button>
      <Button variant="primary" busy={busy} onClick={onClick}>
        {label}
      </Button>
    </div>
  )
}
