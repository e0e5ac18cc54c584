import { basename, extname } from 'node:path'
import type { TFunction } from 'i18next'
import type { JobControl } from '#shared/core/job.ts'
import { parseCrsName } from '#shared/io/crs-name.ts'
import { lookUpCrs } from '#shared/io/crs.ts'
import { inCrs, type ExportNetwork } from '#shared/io/export/export-network.ts'
import { INP_FORMATS, inpModelOf, type ExportFormat, type ExportLayer, type ExportLoss } from '#shared/io/export/formats.ts'
import { isFelt, networkOf, termsOf } from '../services/export/export-network.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { CliFailure } from './command.ts'
import { writeWhole } from './write-whole.ts'

/** What `export` was asked for. */
export interface ExportOrder {
  readonly project: ProjectFile
  readonly output: string
  /** Null: those that the format holds by default. */
  readonly layers: readonly ExportLayer[] | null
  /** Name of the scheme whose proposals are meant; null for all. */
  readonly scenario: string | null
  readonly crs: string | null
  readonly plan: boolean
  readonly model: 'epanet' | 'swmm' | null
  readonly job: JobControl
  readonly t: TFunction
}

/** What went into the file; layers that were not asked for are absent. */
export interface Written {
  readonly crs: string | null
  readonly layers: Readonly<Partial<Record<ExportLayer, number>>>
  /** What the format could not carry. */
  readonly losses: readonly ExportLoss[]
}

/** Writes a file whose format holds records. @throws CliFailure */
export function writeFormat(order: ExportOrder, format: ExportFormat): Written {
  const layers = order.layers ?? format.layers
  const strange = layers.find(layer => !format.layers.includes(layer))
  if (strange !== undefined) throw new CliFailure('cli-formats:layerNotHeld', { file: order.output, layer: strange, layers: format.layers.join(', ') })
  const network = readNetwork(order, layers)
  writeWhole(order.output, format.write(network, termsOf(order.project, basename(order.output, extname(order.output)), order.plan, order.job, key => order.t(key))))
  const counts = layers.map(layer => [layer, layer === 'ground' ? (network.ground ? 1 : 0) : network[layer].length] as const)
  return { crs: network.crs, layers: Object.fromEntries(counts), losses: format.losses.filter(loss => isFelt(loss, network, order.project, order.layers === null)) }
}

/** An .inp: EPANET's or SWMM's by what the project carries, or by `--model`. @throws CliFailure */
export function writeModel(order: ExportOrder): Written {
  const model = order.model ?? inpModelOf(order.project.records())
  if (model === null) throw new CliFailure('cli-formats:whichModel', { file: order.output })
  return writeFormat(order, INP_FORMATS[model])
}

/** Records of the layers, in the system asked for. @throws CliFailure */
export function readNetwork({ project, scenario, crs }: ExportOrder, layers: readonly ExportLayer[]): ExportNetwork {
  const network = networkOf(project, layers, layers.includes('proposals') ? schemesOf(project, scenario) : [])
  const own = network.crs
  if (crs === null) return network
  const code = codeOf(crs)
  if (own === null) throw new CliFailure('cli-export:localFrame', { crs: code })
  const from = lookUpCrs(own)
  const turned = from && inCrs(network, from, lookUpCrs(code)!)
  if (!turned) throw new CliFailure('cli-export:outsideCrs', { crs: code, own })
  return turned
}

/** Ids of the schemes meant. @throws CliFailure */
function schemesOf(project: ProjectFile, name: string | null): string[] {
  const schemes = project.scenarios().filter(scheme => name === null || scheme.name === name)
  if (name !== null && schemes.length === 0) throw new CliFailure('cli-check:noScenario', { scenario: name, names: project.scenarios().map(scheme => scheme.name).join(', ') || '–' })
  return schemes.map(({ id }) => id)
}

/** @throws CliFailure a system that is not known. */
export function codeOf(text: string): string {
  const code = parseCrsName(text)
  if (code === null || !lookUpCrs(code)) throw new CliFailure('cli-export:unknownCrs', { crs: text })
  return code
}
