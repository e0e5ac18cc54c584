import { ifcGuid, stableGuid } from '#shared/core/stable-guid.ts'
import type { JobControl } from '#shared/core/job.ts'
import { assetIfcGuid } from '#shared/io/bcf/findings-to-bcf.ts'
import type { ExportNetwork, SchemeProposal } from '#shared/io/export/export-network.ts'
import type { FormatTerms } from '#shared/io/export/format-terms.ts'
import type { ExportLayer, ExportLoss } from '#shared/io/export/formats.ts'
import { isBorehole } from '#shared/twin/borehole.ts'
import type { ProjectFile } from '../project-file.ts'

/** Records of the layers in the project's own system. @param schemes Ids of those whose proposals are meant. */
export function networkOf(project: ProjectFile, layers: readonly ExportLayer[], schemes: readonly string[]): ExportNetwork {
  const { assets, nodes, ground, crs } = project.records()
  return {
    crs, ground,
    assets: layers.includes('assets') ? assets : [],
    nodes: layers.includes('nodes') ? nodes : [],
    proposals: layers.includes('proposals') ? schemes.flatMap(id => proposalsOf(project, id)) : [],
  }
}

function proposalsOf(project: ProjectFile, id: string): SchemeProposal[] {
  const { name, proposals } = project.scenarioDocument(id)
  return Object.values(proposals).map(proposal => ({ scheme: name, proposal }))
}

/** Guids of a project's objects in IFC: of assets those that BCF topics name. */
export const ifcGuidsOf = (projectId: string) => (...words: readonly string[]): string =>
  words[0] === 'asset' && words[1] !== undefined ? assetIfcGuid(projectId, words[1]) : ifcGuid(stableGuid('underplan-ifc', projectId, ...words))

/** What a writer is told of the project. @param name For headings. */
export function termsOf({ id }: ProjectFile, name: string, plan: boolean, job: JobControl, textOf: FormatTerms['textOf']): FormatTerms {
  return { name, textOf, job, ifcGuidOf: ifcGuidsOf(id), at: new Date().toISOString(), plan }
}

/** Nothing is lost of what is not there. @param isWhole no layers were chosen. */
export function isFelt(loss: ExportLoss, network: ExportNetwork, project: ProjectFile, isWhole: boolean): boolean {
  if (loss === 'ground') return isWhole && network.ground !== null
  if (loss === 'proposals') return isWhole && project.scenarios().some(scheme => scheme.proposals > 0)
  if (loss === 'nodes') return isWhole && project.info().nodeCount > 0
  if (loss === 'blocks') return project.context().blocks.length > 0
  if (loss === 'boreholes') return boreholeCount(project) > 0
  if (loss === 'surroundings') return project.context().surfaceFeatures.length > boreholeCount(project)
  const hasBends = loss === 'bends' || loss === 'levelsOfBends'
  return !hasBends || network.assets.some(asset => asset.axis.length > 2) || network.proposals.some(({ proposal }) => proposal.axis.length > 2)
}

const boreholeCount = (project: ProjectFile): number => project.context().surfaceFeatures.filter(isBorehole).length
