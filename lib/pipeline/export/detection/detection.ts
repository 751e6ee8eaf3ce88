import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { ExportFile } from '../policy/policy'

/** How a command line is told to be of a known use: it holds all of the texts, or it has no arguments and ends so. Case counts nowhere. */
export type KnownUse = { kind: 'holds'; all: readonly string[] } | { kind: 'bare'; ends: readonly string[] }

/** A way of running the binary that is no detection: all that is given of it has to be so. */
export type Spared = {
  /** File names of parents; `*` stands for any characters. */
  parents?: readonly string[]
  uses?: readonly KnownUse[]
  /** As the telemetry prints them. */
  users?: readonly string[]
}

/**
 * What one rule looks for: the binary or script, run in none of the ways that are spared; a library that is loaded, or a connection of the binary,
 * which tell neither parents nor uses.
 */
export type DetectionRule = {
  event: 'process-start' | 'module-load' | 'connection'
  /** GUID. */
  id: string
  title: string
  description: string
  level: 'medium' | 'high'
  entry: BlockedEntry
  spared: readonly Spared[]
}

/** How rules are written in one language. One file and one line in registry.ts. */
export type DetectionLanguage = {
  id: string
  label: string
  write: (rule: DetectionRule) => ExportFile
  /** What to do with the files. */
  deploy: readonly string[]
}
