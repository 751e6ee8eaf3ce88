import { expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

const OPEN = String.raw`rundll32.exe C:\Windows\system32\shell32.dll,OpenAs_RunDLL`

test.each([
  [
    String.raw`${OPEN} C:\Users\ann\Documents\SAP\SAP GUI\k3x9qf2a.txt`,
    String.raw`rundll32 <system>\shell32.dll,openas_rundll <documents>\*.txt`,
  ],
  [
    String.raw`${OPEN} C:\Users\ann\Documents\SAP\SAP GUI\orders.hta`,
    String.raw`rundll32 <system>\shell32.dll,openas_rundll <documents>\sap\sap gui\orders.hta`,
  ],
])('documents that are opened are one use by their kind, code is not: %s', (line, pattern) => {
  expect(readToolUse('rundll32.exe', line, String.raw`C:\Windows\System32\rundll32.exe`)?.pattern).toBe(
    pattern,
  )
})
