import { notSeenSentence } from '@/components/baseline/coverage-words'
import { countOf, formatNumber, formatShare } from '@/components/ui/numbers'
import { cycleWords } from '@/lib/pipeline/decision/business-cycles'
import type { NecessityAssessment, NecessityFacts, Purpose, Starter } from '@/lib/pipeline/decision/necessity'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'

export const STARTER_WORDS: Readonly<Record<Starter, string>> = {
  system: 'Windows itself',
  service: 'SYSTEM or a service',
  person: 'a person',
  unreported: 'not reported',
}

/** What is known of a binary's use, a line each; null = it cannot be said. */
export function factsInWords(
  facts: NecessityFacts,
  assessment: NecessityAssessment,
): { label: string; value: string | null }[] {
  const { window, hostsUsing, daysUsed, lastDay } = facts
  const { cycles } = assessment
  return [
    {
      label: 'Used on',
      value:
        hostsUsing === 0
          ? 'no host'
          : `${countOf(hostsUsing, 'host')}, on ${daysUsed} of ${countOf(cycles?.days ?? 0, 'day')}, last ${lastDay}`,
    },
    { label: 'Not seen on', value: window && notSeenSentence(facts.notSeenOn, window.from) },
    { label: 'By people', value: byPeople(facts) },
    { label: 'By the machine', value: byMachine(facts) },
    { label: 'Likelihood', value: likelihood(assessment) },
    { label: 'Rhythms', value: cycles && cycleWords(cycles) },
  ]
}

function byPeople({ by: { person }, people }: NecessityFacts): string {
  if (person.executions === 0) return 'none'
  return `${countOf(person.executions, 'execution')} by ${countOf(people, 'account')} on ${countOf(person.hosts, 'host')}`
}

function byMachine({ by: { system, service } }: NecessityFacts): string {
  const parts = [
    system.executions > 0 &&
      `${countOf(system.executions, 'execution')} by Windows itself on ${countOf(system.hosts, 'host')}`,
    service.executions > 0 &&
      `${countOf(service.executions, 'execution')} by SYSTEM and services on ${countOf(service.hosts, 'host')}`,
  ].filter((part) => part !== false)
  return parts.join('; ') || 'none'
}

function likelihood({ hostBound, dayBound }: NecessityAssessment): string {
  if (hostBound === null) return 'cannot be said: no host could have been seen using it'
  if (dayBound !== null)
    return `None in ${countOf(dayBound.of, 'host-day')}: at most ${formatShare(dayBound.upper)} of host-days (95 %, rule of three) if days were independent. They are not quite: one host’s days resemble each other, so trust the ${countOf(hostBound.of, 'host')}: at most ${formatShare(hostBound.upper)} of hosts in a period as long.`
  if (hostBound.seen === hostBound.of)
    return `Every one of ${countOf(hostBound.of, 'host')} that could be seen using it did: a block interrupts them all.`
  return `${formatNumber(hostBound.seen)} of ${countOf(hostBound.of, 'host')} that could be seen using it: at most ${formatShare(hostBound.upper)} of hosts in a period as long (95 %, Wilson score interval), if hosts do not depend on each other.`
}

/** 'explorer.exe ran a DLL from the system folder' */
export function purposeWords({ parent, words }: Purpose): string {
  return `${parent === null ? 'A parent that is not reported' : parentWords(parent)} ${words ?? 'started it'}`
}

export function patternWords({ pattern }: Purpose): string {
  return pattern === null ? 'no command line reported' : pattern || '(no arguments)'
}

/** Names and abbreviations keep their capitals. */
export function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? `${sentence[0]?.toLowerCase()}${sentence.slice(1)}` : sentence
}
