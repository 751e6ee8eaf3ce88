import type { Control } from '@/lib/pipeline/event/event'

/** What people call each control. */
export const CONTROL_LABELS: Record<Control, string> = {
  applocker: 'AppLocker',
  'app-control': 'App Control',
  asr: 'ASR',
  firewall: 'Firewall',
}
