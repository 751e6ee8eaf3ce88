import { z } from 'zod'

const Count = z.int().min(0)

export const WaitingAnswer = z.object({
  openDeviations: Count,
  awaitingDecisions: Count.describe('That await whoever asks; 0 for a key'),
  assignedDeviations: Count.describe('Open or flagged, given to whoever asks; 0 for a key'),
  unreadNotifications: Count.describe('Of whoever asks; 0 for a key'),
})
