import { basename, extname } from 'node:path'
import type { TFunction } from 'i18next'
import type { JobControl } from '#shared/core/job.ts'
import { assetIfcGuid } from '#shared/io/bcf/findings-to-bcf.ts'
import { ifcGuid, stableGuid } from '#shared/core/stable-guid.ts'
import { parseCrsName } from '#shared/io/crs-name.ts'
import { lookUpCrs } from '#shared/io/crs.ts'
import { inCrs, type ExportNetwork, type SchemeProposal } from '#shared/io/export/export-network.ts'
import type { FormatTerms } from '#shared/io/export/format-terms.ts'
import { INP_FORMATS, inpModelOf, type ExportFormat, type ExportLayer, type ExportLoss } from '#shared/io/export/formats.ts'
import { isBorehole } from '#shared/twin/borehole.ts'
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
  writeWhole(order.output, format.write(network, termsOf(order)))
  const counts = layers.map(layer => [layer, layer === 'ground' ? (network.ground ? 1 : 0) : network[layer].length] as const)
  return { crs: network.crs, layers: Object.fromEntries(counts), losses: format.losses.filter(loss => isFelt(loss, network, order)) }
}

/** Nothing is lost of what is not there. */
export function isFelt(loss: ExportLoss, network: ExportNetwork, { project, layers }: ExportOrder): boolean {
  if (loss === 'ground') return layers === null && network.ground !== null
  if (loss === 'proposals') return layers === null && project.scenarios().some(scheme => scheme.proposals > 0)
  if (loss === 'nodes') return layers === null && project.info().nodeCount > 0
  if (loss === 'blocks') return project.context().blocks.length > 0
  if (loss === 'boreholes') return boreholeCount(project) > 0
  if (loss === 'surroundings') return project.context().surfaceFeatures.length > boreholeCount(project)
  const hasBends = loss === 'bends' || loss === 'levelsOfBends'
  return !hasBends || network.assets.some(asset => asset.axis.length > 2) || network.proposals.some(({ proposal }) => proposal.axis.length > 2)
}

const boreholeCount = (project: ProjectFile): number => project.context().surfaceFeatures.filter(isBorehole).length

/** An .inp: EPANET's or SWMM's by what the project carries, or by `--model`. @throws CliFailure */
export function writeModel(order: ExportOrder): Written {
  const model = order.model ?? inpModelOf(order.project.records())
  if (model === null) throw new CliFailure('cli-formats:whichModel', { file: order.output })
  return writeFormat(order, INP_FORMATS[model])
}

function termsOf({ project, output, plan, job, t }: ExportOrder): FormatTerms {
  const { id } = project
  const guidOf = (...words: readonly string[]) => (words[0] === 'asset' && words[1] !== undefined ? assetIfcGuid(id, words[1]) : ifcGuid(stableGuid('underplan-ifc', id, ...words)))
  return { name: basename(output, extname(output)), textOf: key => t(key), job, ifcGuidOf: guidOf, at: new Date().toISOString(), plan }
}

/** Records of the layers, in the system asked for. @throws CliFailure */
export function readNetwork({ project, scenario, crs }: ExportOrder, layers: readonly ExportLayer[]): ExportNetwork {
  const { assets, nodes, ground, crs: own } = project.records()
  const network: ExportNetwork = {
    crs: own, ground,
    assets: layers.includes('assets') ? assets : [],
    nodes: layers.includes('nodes') ? nodes : [],
    proposals: layers.includes('proposals') ? proposalsOf(project, scenario) : [],
  }
  if (crs === null) return network
  const code = codeOf(crs)
  if (own === null) throw new CliFailure('cli-export:localFrame', { crs: code })
  const from = lookUpCrs(own)
  const turned = from && inCrs(network, from, lookUpCrs(code)!)
  if (!turned) throw new CliFailure('cli-export:outsideCrs', { crs: code, own })
  return turned
}

function proposalsOf(project: ProjectFile, name: string | null): SchemeProposal[] {
  const schemes = project.scenarios().filter(scheme => name === null || scheme.name === name)
  if (name !== null && schemes.length === 0) throw new CliFailure('cli-check:noScenario', { scenario: name, names: project.scenarios().map(scheme => scheme.name).join(', ') || '–' })
  return schemes.flatMap(scheme => Object.values(project.scenarioDocument(scheme.id).proposals).map(proposal => ({ scheme: scheme.name, proposal })))
}

/** @throws CliFailure a system that is not known. */
export function codeOf(text: string): string {
  const code = parseCrsName(text)
  if (code === null || !lookUpCrs(code)) throw new CliFailure('cli-export:unknownCrs', { crs: text })
  return code
}
