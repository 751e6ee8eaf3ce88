import type { UploadRow } from '@/lib/store/screens/imports'

export const CHANNEL_LABELS: Record<UploadRow['channel'], string> = {
  browser: 'Browser',
  api: 'API',
  'command-line': 'Command line',
  shipper: 'Shipper',
  demo: 'Demo',
}
