import type { JobControl } from '../../../core/job.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { LayerMapping } from '../../mapping.ts'
import type { ImportLimits, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { declaredLayer } from '../../source-layers.ts'
import { toUtf8 } from '../../text-encoding.ts'
import { drawingUnit, placeNetwork, readPlaces } from './inp-network.ts'
import { readSections, type InpSections } from './inp-text.ts'
import { readEpanet } from './read-epanet.ts'
import { isMetricModel, readSwmm, swmmKey, swmmKind } from './read-swmm.ts'
import { readSwmmCatchments } from './swmm-catchments.ts'

/** Sections that only SWMM has; both programs call their files .inp. */
const SWMM_ONLY = ['CONDUITS', 'SUBCATCHMENTS', 'OUTFALLS', 'XSECTIONS', 'RAINGAGES', 'STORAGE', 'INFILTRATION', 'EVAPORATION']

/**
 * Reads an EPANET or SWMM input file: a layer of links, a layer of nodes. Units follow the file's flow units; the drawing
 * has no coordinate system. EPANET gives no depth of pipes: its node elevations are taken as the ground.
 * @throws SourceRefused wrong as a whole.
 */
export function readInp(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const { bytes, encoding } = toUtf8(file.bytes)
  if (encoding !== 'utf-8') log.add('encoding', 'info', file.name, { encoding })
  const name = file.name.replace(/\.[^.]*$/, '')
  const sections = readSections(bytes, name, limits, job, log)
  const isSwmm = SWMM_ONLY.some(section => sections.has(section))
  const keyOf = isSwmm ? swmmKey : (id: string) => id
  const { nodes, links, mapUnits } = isSwmm ? readSwmm(sections, name, log) : readEpanet(sections, name, log)
  if (nodes.length === 0) throw new SourceRefused('schema_invalid', { problem: 'no_nodes' })
  const places = readPlaces(sections, name, keyOf, limits, log)
  const metresPerUnit = drawingUnit(links, places, mapUnits, name, keyOf, log)
  const { points, lines } = placeNetwork({ nodes, links, places, name, keyOf, metresPerUnit }, log)
  const mappings = isSwmm ? swmmMappings(name, sections) : epanetMappings(name)
  const layers = [declaredLayer('line', lines, null, mappings.lines), declaredLayer('point', points, null, mappings.points)]
  const catchments = isSwmm ? readSwmmCatchments(sections, { name, isMetric: isMetricModel(sections), nodeIds: nodes.map(({ id }) => id), places, metresPerUnit, keyOf }, log) : []
  return { value: { format: isSwmm ? 'swmm' : 'epanet', layers: layers.filter(layer => layer.features.length > 0), grounds: [], ...(catchments.length > 0 && { catchments }) }, issues: log.issues }
}

interface Mappings {
  readonly lines: LayerMapping
  readonly points: LayerMapping
}

const epanetMappings = (name: string): Mappings => ({
  lines: declaredMapping({
    layer: name, target: 'assets', id: null, kind: 'water',
    // Nominal, as networks are modelled: the wall is not added.
    size: { field: 'diameterM' },
    level: { source: 'cover', reference: 'depth_to_crown', groundStartField: 'groundStartM', groundEndField: 'groundEndM', zeroIsUnknown: false },
  }),
  points: declaredMapping({
    layer: `${name}:nodes`, target: 'nodes', id: null, kind: 'water',
    level: { source: 'cover', reference: 'depth_to_crown', groundStartField: 'elevationM', zeroIsUnknown: false },
    nodeType: { field: 'type', values: { junction: 'junction', reservoir: 'source', tank: 'tank', pump: 'pump', valve: 'valve' }, fallback: 'junction' },
  }),
})

function swmmMappings(name: string, sections: InpSections): Mappings {
  const kind = swmmKind(sections)
  return {
    lines: declaredMapping({
      layer: name, target: 'assets', id: null, kind,
      size: { field: 'heightM', widthField: 'widthM', shapeField: 'sectionShape', dimension: 'inner' },
      level: {
        source: 'fields', reference: 'invert', startField: 'invertStartM', endField: 'invertEndM',
        groundStartField: 'groundStartM', groundEndField: 'groundEndM', zeroIsUnknown: false,
      },
    }),
    points: declaredMapping({
      layer: `${name}:nodes`, target: 'nodes', id: null, kind,
      level: { source: 'fields', reference: 'invert', startField: 'invertM', groundStartField: 'groundM', zeroIsUnknown: false },
      nodeType: { field: 'type', values: { junction: 'manhole', outfall: 'outfall', storage: 'tank', divider: 'chamber', pump: 'pump', orifice: 'chamber', weir: 'chamber', outlet: 'chamber' }, fallback: 'manhole' },
    }),
  }
}
