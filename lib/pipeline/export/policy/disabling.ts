import type { BlockedEntry } from '@/lib/pipeline/decision/approved-block'
import type { BlockEffect } from '@/lib/pipeline/decision/block'
import type { Deployment } from '../deployment'
import type { PlacedBlock } from '../placed-block'
import { markdownText } from '../text/markdown'
import { powerShellScript } from '../text/power-shell'
import { ruleName } from '../text/rule-name'
import { type DisablingStep, stepsFor } from './disabling-steps'
import type { ExportFile, PolicyWriter } from './policy'

/** Without application control: what a file type opens with, the script host, optional features; removal last. */
export const DISABLING: PolicyWriter = {
  control: 'disable',
  refuses: refuseUnknown,
  leavesOut: ({ effect, entry }) =>
    effect === 'reassociate'
      ? [
          `Changes what a double click does. ${entry.name} still runs when a program or a command line starts it.`,
          'A user who chose another program for the file type keeps it.',
        ]
      : [
          'A feature that is removed can be added again by whoever administers the host, and by a feature update.',
        ],
  blocksBesides: (block) => stepsOf(block).map(({ besides }) => besides),
  write: (deployment) => [plan(deployment), apply(deployment)],
  undo,
  deploy: [
    'Read plan.md: the steps stand from the least to the most intrusive. What needs no script, as filters of mail and proxy, is only there.',
    'One host or a start-up script: apply.ps1 in an elevated PowerShell. Intune: as a platform script, run as system, 64-bit.',
    'Group Policy Preferences can set the same registry values; undo.ps1 names them.',
  ],
  verify: ['Each step of plan.md says how to see that it holds.'],
}

function stepsOf({ effect, entry }: Pick<PlacedBlock, 'effect' | 'entry'>): readonly DisablingStep[] {
  return stepsFor(entry.slug).filter((step) => step.effect === effect)
}

function refuseUnknown(entry: BlockedEntry, effect: BlockEffect): string | null {
  return stepsOf({ effect, entry }).length > 0
    ? null
    : `No step is known here that would do this to ${entry.name}.`
}

/** Each step once, however many decisions ask for it, in the order of the ladder. */
function uniqueSteps({ blocks }: Deployment): DisablingStep[] {
  const byTitle = new Map(blocks.flatMap(stepsOf).map((step) => [step.title, step]))
  return [...byTitle.values()].sort((a, b) => a.rung - b.rung || (a.title < b.title ? -1 : 1))
}

function plan(deployment: Deployment): ExportFile {
  const decisions = deployment.blocks.map((approved) => `- ${markdownText(ruleName(approved))}`)
  const steps = uniqueSteps(deployment).flatMap((step, index) => [
    `## ${index + 1}. ${step.title}`,
    '',
    `- Does: ${step.does}`,
    `- Stops besides: ${step.besides}`,
    `- Check: ${step.check}`,
    ...(step.apply.length === 0
      ? ['- By hand: no script does this.']
      : ['- Script: apply.ps1; undo.ps1 takes it back.']),
    '',
  ])
  return {
    name: `${deployment.slug}/plan.md`,
    about: 'The steps, from the least to the most intrusive, and how to check each.',
    text: `${['# Disabling plan', '', `For: ${markdownText(deployment.label)}`, '', ...decisions, '', ...steps].join('\n')}`,
  }
}

function apply(deployment: Deployment): ExportFile {
  return {
    name: `${deployment.slug}/apply.ps1`,
    about: 'Does the steps of the plan that a script can do. Keeps what was set before in the registry.',
    text: powerShellScript(
      [`Disabling for: ${deployment.label}.`],
      uniqueSteps(deployment).flatMap((step) =>
        step.apply.length === 0 ? [] : [`# ${step.title}`, ...step.apply],
      ),
    ),
  }
}

function undo(deployment: Deployment): ExportFile {
  return {
    name: `${deployment.slug}/undo.ps1`,
    about: 'Takes the steps back, the last first.',
    text: powerShellScript(
      [`Takes back the disabling for: ${deployment.label}.`],
      uniqueSteps(deployment)
        .toReversed()
        .flatMap((step) => (step.undo.length === 0 ? [] : [`# ${step.title}`, ...step.undo])),
    ),
  }
}
