import type { Signature } from '@/lib/pipeline/baseline/signature'

/** Consoles and scripts that people made or were given. */
const MADE_BY_HAND = new Set(['msc', 'vbs'])

/** A download is opened from their list. */
export const BROWSERS = ['chrome.exe', 'msedge.exe', 'firefox.exe', 'brave.exe', 'iexplore.exe']

/** Whether its user opened it in Explorer. */
export function isOpenedByHand({ parentName }: Signature): boolean {
  return parentName === 'explorer.exe'
}

/** Whether a scheduled task or a service started it. */
export function isTask({ parentName, features }: Signature): boolean {
  return parentName === 'services.exe' || features.parent?.includes('(schedule)') === true
}

/** Whether it lies where people keep their own work, rather than where mail and browsers put what arrives. */
export function isKept({ target, pattern }: Signature): boolean {
  return target?.class === 'documents' || pattern?.includes(' <user-profile>\\onedrive') === true
}

/** Whether its user opened a console or script that people make themselves. */
export function isMadeByHand(signature: Signature): boolean {
  return isOpenedByHand(signature) && MADE_BY_HAND.has(signature.target?.extension ?? '')
}
