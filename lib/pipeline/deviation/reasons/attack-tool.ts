import type { RiskReason } from './reason'

/** Names of published tools for attacks and for their rehearsal, as folders and files bear them. None is a word of its own in other software. */
const NAMES =
  /atomicredteam|atomictestharness|allthethings|mimikatz|mimidrv|sharphound|bloodhound|\brubeus|safetykatz|sharpup\b|meterpreter|metasploit|cobalt ?strike|powersploit|nishang|lazagne|juicypotato|godpotato|printspoofer|nanodump|bruteratel|vssown\.vbs/

/** What it runs is called after an attacker's tool. Weight: by hand, as launching another program. */
export const attackTool: RiskReason = {
  code: 'attack-tool',
  words: 'its command line names a tool of attackers or of those who rehearse attacks',
  weight: 4,
  bits: ({ pattern }) => (pattern !== null && NAMES.test(pattern) ? 4 : 0),
}
