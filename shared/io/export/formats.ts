import { ASSET_KINDS } from '../../twin/kinds.ts'
import { carrierOfKind } from '../../network/carriers.ts'
import type { ExportNetwork } from './export-network.ts'
import type { FormatTerms } from './format-terms.ts'
import { lineTable, pointTable, type SurveyTable } from './survey-tables.ts'
import { writeCityJson } from './write-cityjson.ts'
import { writeDxf } from './write-dxf.ts'
import { writeCanonicalGeoJson } from './write-geojson.ts'
import { writeGlb } from './write-glb.ts'
import { writeIfc } from './write-ifc.ts'
import { writeEpanet, writeSwmm } from './write-inp.ts'
import { writeLandXml } from './write-landxml.ts'
import { writeXlsx, type Sheet } from './write-xlsx.ts'

/** What a file can hold of a project. */
export const EXPORT_LAYERS = ['assets', 'nodes', 'proposals', 'ground'] as const
export type ExportLayer = (typeof EXPORT_LAYERS)[number]

/** What a format cannot carry: texts `cli-formats:loss.*`, said when exporting. */
export type ExportLoss =
  | 'ground' | 'boreholes' | 'surroundings' | 'blocks' | 'nodes' | 'proposals' | 'attributes' | 'longTexts' | 'levelsOfBends' | 'bends' | 'walls' | 'ids' | 'hydraulics' | 'otherKinds' | 'pipeLevels' | 'nodeSizes' | 'precision' | 'owners' | 'figures'

export interface ExportFormat {
  /** All that the format holds: what is written where nobody says which. */
  readonly layers: readonly ExportLayer[]
  readonly losses: readonly ExportLoss[]
  readonly write: (network: ExportNetwork, terms: FormatTerms) => Iterable<string | Uint8Array>
}

const ALL = EXPORT_LAYERS
const NO_GROUND = ['assets', 'nodes', 'proposals'] as const
/** What lies around the network, which only a project file holds. */
export const AROUND = ['boreholes', 'surroundings', 'blocks'] as const

/** Formats by extension, but for those that need more than records (tables one by one, projects, models of a choice). */
export const EXPORT_FORMATS: Readonly<Record<string, ExportFormat>> = {
  '.geojson': { layers: NO_GROUND, losses: [...AROUND, 'ground'], write: (network, { job }) => writeCanonicalGeoJson(network, job) },
  '.dxf': { layers: NO_GROUND, losses: [...AROUND, 'ground', 'longTexts'], write: writeDxf },
  '.xlsx': { layers: NO_GROUND, losses: [...AROUND, 'ground', 'levelsOfBends', 'figures'], write: writeWorkbook },
  '.ifc': { layers: ALL, losses: AROUND, write: writeIfc },
  '.json': { layers: NO_GROUND, losses: [...AROUND, 'ground', 'precision'], write: writeCityJson },
  '.xml': { layers: ALL, losses: [...AROUND, 'bends', 'attributes'], write: writeLandXml },
  '.glb': { layers: ['assets', 'proposals', 'ground'], losses: [...AROUND, 'nodes', 'attributes', 'precision'], write: writeGlb },
}

/** The two models that share an extension. */
export const INP_FORMATS: Readonly<Record<'epanet' | 'swmm', ExportFormat>> = {
  epanet: { layers: ['assets', 'nodes'], losses: [...AROUND, 'otherKinds', 'pipeLevels', 'hydraulics', 'ids', 'owners', 'proposals', 'ground'], write: writeEpanet },
  swmm: { layers: ['assets', 'nodes'], losses: [...AROUND, 'otherKinds', 'levelsOfBends', 'walls', 'nodeSizes', 'hydraulics', 'ids', 'owners', 'proposals', 'ground'], write: writeSwmm },
}

/** The model a network is for by what it carries: water in pressure pipes, sewage by gravity; null for both or neither. */
export function inpModelOf({ assets }: Pick<ExportNetwork, 'assets'>): 'epanet' | 'swmm' | null {
  const carriers = new Set(ASSET_KINDS.filter(kind => assets.some(asset => asset.kind === kind)).map(carrierOfKind))
  const [hasWater, hasSewer] = [carriers.has('water') || carriers.has('reclaimed'), carriers.has('sewer')]
  return hasWater === hasSewer ? null : hasWater ? 'epanet' : 'swmm'
}

/** A sheet per table that has rows, or those of what was asked for, empty as they may be. */
function* writeWorkbook(network: ExportNetwork, { textOf }: FormatTerms): Generator<Uint8Array> {
  const sheet = (layer: 'assets' | 'nodes' | 'proposals', { heading, rows }: SurveyTable): Sheet => ({ name: textOf(`cli-formats:sheet.${layer}`), columns: heading.map(title => ({ title })), rows })
  const sheets = [
    ...(network.assets.length > 0 ? [sheet('assets', lineTable(network, 'assets', textOf))] : []),
    ...(network.nodes.length > 0 ? [sheet('nodes', pointTable(network, textOf))] : []),
    ...(network.proposals.length > 0 ? [sheet('proposals', lineTable(network, 'proposals', textOf))] : []),
  ]
  yield writeXlsx(sheets.length > 0 ? sheets : [sheet('assets', lineTable(network, 'assets', textOf))])
}
