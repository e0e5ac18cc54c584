import type { CliCommand } from '../command.ts'
import { analyseCommand } from './analyse.ts'
import { bcfCommand } from './bcf.ts'
import { checkCommand } from './check.ts'
import { excavateCommand } from './excavate.ts'
import { exportCommand } from './export.ts'
import { fixCommand } from './fix.ts'
import { importCommand } from './import.ts'
import { infoCommand } from './info.ts'
import { reportCommand } from './report.ts'
import { routeCommand } from './route.ts'
import { sampleCommand } from './sample.ts'
import { scriptCommand } from './script.ts'
import { verifyCommand } from './verify.ts'

/** Every command of the command line, in the order of the help. */
export const commands: readonly CliCommand[] = [sampleCommand, importCommand, infoCommand, checkCommand, reportCommand, verifyCommand, exportCommand, routeCommand, fixCommand, excavateCommand, scriptCommand, analyseCommand, bcfCommand]
