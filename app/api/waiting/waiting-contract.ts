import { z } from 'zod'

const Count = z.int().min(0)

export const WaitingAnswer = z.object({
  openDeviations: Count,
  proposedDecisions: Count,
  unreadNotifications: Count.describe('Of whoever asks; 0 for a key'),
})
