import { assemblyUninstall } from './assembly-uninstall'
import { buildFromTemp } from './build-from-temp'
import { certificateStager } from './certificate-stager'
import { connectionProfile } from './connection-profile'
import { indirectStart } from './indirect-start'
import { lateralLibrary } from './lateral-library'
import { libraryInjection } from './library-injection'
import { macroScriptlet } from './macro-scriptlet'
import { mailLinkApplication } from './mail-link-application'
import { memoryDump } from './memory-dump'
import { packageFromWeb } from './package-from-web'
import { quietAgentScript } from './quiet-agent-script'
import { quietDeployedPackage } from './quiet-deployed-package'
import { quietLogonScript } from './quiet-logon-script'
import { quietScheduledLibrary } from './quiet-scheduled-library'
import { quietServiceInstaller } from './quiet-service-installer'
import { quietTrojanedBuild } from './quiet-trojaned-build'
import { quietVendorUpdate } from './quiet-vendor-update'
import { remoteManagement } from './remote-management'
import { renamedHostProcess } from './renamed-host-process'
import { scheduledPublicLibrary } from './scheduled-public-library'
import type { AttackStory } from './story'

/** Every attack story; a third of them quiet. */
export const ATTACK_STORIES: readonly AttackStory[] = [
  macroScriptlet,
  mailLinkApplication,
  scheduledPublicLibrary,
  buildFromTemp,
  assemblyUninstall,
  connectionProfile,
  remoteManagement,
  renamedHostProcess,
  packageFromWeb,
  certificateStager,
  libraryInjection,
  lateralLibrary,
  memoryDump,
  indirectStart,
  quietScheduledLibrary,
  quietAgentScript,
  quietTrojanedBuild,
  quietVendorUpdate,
  quietDeployedPackage,
  quietServiceInstaller,
  quietLogonScript,
]
