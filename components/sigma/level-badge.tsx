import { Badge, type Tone } from '@/components/ui/badge'
import type { SigmaLevel } from '@/lib/pipeline/sigma/rule'

const TONE: Readonly<Record<SigmaLevel, Tone>> = {
  informational: 'neutral',
  low: 'neutral',
  medium: 'info',
  high: 'warn',
  critical: 'bad',
}

/** How urgent a Sigma rule's authors hold it. */
export function SigmaLevelBadge({ level }: { level: SigmaLevel }) {
  return <Badge tone={TONE[level]}>{level}</Badge>
}
