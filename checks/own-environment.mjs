import { vi } from 'vitest'

// files share a process: what one says of the environment, the next does not read
vi.unstubAllEnvs()
