import { administration } from './administration'
import { backgroundActivity } from './background-activity'
import type { Behaviour } from './behaviour'
import { comActivation } from './com-activation'
import { controlPanels } from './control-panels'
import { desktopUse } from './desktop-use'
import { development } from './development'
import { financeApplications } from './finance-applications'
import { helpAndRepair } from './help-and-repair'
import { logonScripts } from './logon-scripts'
import { managementAgents } from './management-agents'
import { monitoring } from './monitoring'
import { newComputer } from './new-computer'
import { officeWork } from './office-work'
import { printing } from './printing'
import { rareButBenign } from './rare-but-benign'
import { scheduledMaintenance } from './scheduled-maintenance'
import { serverDuties } from './server-duties'
import { servicing } from './servicing'
import { softwareDeployment } from './software-deployment'
import { softwareUpdates } from './software-updates'
import { startUp } from './start-up'
import { vendorUtilities } from './vendor-utilities'

/** Every behaviour of the fleet. Starting up comes first: the others need the day's processes. */
export const BEHAVIOURS: readonly Behaviour[] = [
  startUp,
  logonScripts,
  vendorUtilities,
  officeWork,
  backgroundActivity,
  scheduledMaintenance,
  comActivation,
  controlPanels,
  desktopUse,
  printing,
  softwareUpdates,
  softwareDeployment,
  servicing,
  managementAgents,
  financeApplications,
  development,
  monitoring,
  serverDuties,
  helpAndRepair,
  newComputer,
  rareButBenign,
  administration,
]
