/** Products that guard a host or keep copies of it, by name. */
const PRODUCTS =
  'sentinel|crowdstrike|falcon|sophos|symantec|norton|mcafee|trellix|trend ?micro|' +
  'kaspersky|carbon ?black|cylance|cybereason|cortex|malwarebytes|sysmon|webroot|bitdefender|avast|avira|f-secure|withsecure|huntress|wazuh|' +
  'veeam|acronis|backup exec|arcserve|storagecraft|shadowprotect|macrium|commvault|rubrik|cohesity|' +
  String.raw`\b(?:avg|eset|datto)\b`

/** What a product is called that guards the host, or what it holds: who has it uninstalled by command line prepares for something. */
export const GUARDS = new RegExp(`defend|antivirus|anti-virus|endpoint|security|protect|${PRODUCTS}`)

/** The same where anybody chooses the name, as a task's: that it has to do with security or protection says nothing. */
export const NAMED_GUARDS = new RegExp(
  `windows ?defender|antivirus|anti-virus|endpoint (?:protection|security)|${PRODUCTS}`,
)
