import { AsyncLocalStorage } from 'node:async_hooks'
import { vi } from 'vitest'

// files share a process: what one says of the environment, the next does not read
vi.unstubAllEnvs()
// as Next's server has it, whose modules look for it when they are first loaded
Object.assign(globalThis, { AsyncLocalStorage })
