import { abusedTool } from './abused-tool'
import { attackTool } from './attack-tool'
import { automationServer } from './automation-server'
import { bareBuild } from './bare-build'
import { childShell } from './child-shell'
import { clickedScript } from './clicked-script'
import { deceptiveName } from './deceptive-name'
import { elevatingParent } from './elevating-parent'
import { externalConnection } from './external-connection'
import { impostorBinary } from './impostor-binary'
import { loaderParent } from './loader-parent'
import { loaderService } from './loader-service'
import { officeParent } from './office-parent'
import { plantedParent } from './planted-parent'
import { rareTool } from './rare-tool'
import type { RiskReason } from './reason'
import { renamedBinary } from './renamed-binary'
import { scriptCompiler } from './script-compiler'
import { scriptLoads } from './script-loads'
import { scriptParent } from './script-parent'
import { serverParent, serverShell, webShell } from './server-parent'
import { toolFacts } from './tool-facts'
import { unplacedModule } from './unplaced-module'
import { unplacedScript } from './unplaced-script'
import { unsignedModule } from './unsigned-module'
import { unsignedProduct } from './unsigned-product'
import { userScript } from './user-script'
import { wmiParent } from './wmi-parent'
import { wrongFolder } from './wrong-folder'

/** Every risk reason. A new one is a file beside these and a line here. */
export const RISK_REASONS: readonly RiskReason[] = [
  renamedBinary,
  impostorBinary,
  wrongFolder,
  officeParent,
  wmiParent,
  loaderParent,
  loaderService,
  elevatingParent,
  serverParent,
  webShell,
  serverShell,
  plantedParent,
  scriptParent,
  scriptLoads,
  rareTool,
  abusedTool,
  attackTool,
  automationServer,
  bareBuild,
  unplacedModule,
  unplacedScript,
  userScript,
  clickedScript,
  scriptCompiler,
  unsignedModule,
  unsignedProduct,
  externalConnection,
  childShell,
  deceptiveName,
  ...toolFacts,
]
