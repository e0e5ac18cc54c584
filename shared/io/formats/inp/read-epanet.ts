import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { AttributeValue } from '../../../twin/asset.ts'
import type { InpLink, InpNode } from './inp-network.ts'
import { numberIn, optionOf, type InpRow, type InpSections } from './inp-text.ts'

/** What one of the two programs' files holds, in metres. */
export interface InpModel {
  readonly nodes: readonly InpNode[]
  readonly links: readonly InpLink[]
  /** The unit of `[COORDINATES]` where the file names one. */
  readonly mapUnits: string | undefined
}

/** Sections of EPANET 2.2 and 2.3; like EPANET itself, a file with any other is refused (error 201). */
const SECTIONS = new Set([
  'TITLE', 'JUNCTIONS', 'RESERVOIRS', 'TANKS', 'PIPES', 'PUMPS', 'VALVES', 'CONTROLS', 'RULES', 'DEMANDS', 'SOURCES', 'EMITTERS', 'PATTERNS', 'CURVES',
  'QUALITY', 'STATUS', 'ROUGHNESS', 'ENERGY', 'REACTIONS', 'MIXING', 'REPORT', 'TIMES', 'OPTIONS', 'COORDINATES', 'VERTICES', 'LABELS', 'BACKDROP', 'TAGS', 'LEAKAGE', 'END',
])
/** Flow units that mean metres and millimetres; all others (GPM is the default) mean feet and inches. */
const METRIC_FLOWS = new Set(['LPS', 'LPM', 'MLD', 'CMH', 'CMD', 'CMS'])
/** Litres per second in one unit of flow: US and imperial gallons, acre-feet of the international foot. */
const LITRES_PER_SECOND: Readonly<Record<string, number>> = {
  LPS: 1, LPM: 1 / 60, MLD: 1e6 / 86_400, CMS: 1000, CMH: 1 / 3.6, CMD: 1000 / 86_400,
  CFS: 28.316846592, GPM: 3.785411784 / 60, MGD: 3.785411784e6 / 86_400, IMGD: 4.54609e6 / 86_400, AFD: 1_233_481.83754752 / 86_400,
}
const FOOT_M = 0.3048
const INCH_M = 0.0254

/**
 * An EPANET network: what carries water, with its sizes and levels in metres.
 * @throws SourceRefused a section EPANET does not know, or flow units it does not know.
 */
export function readEpanet(sections: InpSections, name: string, log: IssueLog): InpModel {
  for (const [section, rows] of sections) {
    if (!SECTIONS.has(section)) throw new SourceRefused('schema_invalid', { problem: 'unknown_section', section: section.slice(0, 40), line: (rows[0]?.line ?? 1) - 1 })
  }
  const flowUnits = optionOf(sections, 'OPTIONS', 'UNITS') ?? 'GPM'
  if (!METRIC_FLOWS.has(flowUnits) && !['CFS', 'GPM', 'MGD', 'IMGD', 'AFD'].includes(flowUnits)) throw new SourceRefused('schema_invalid', { problem: 'flow_units', units: flowUnits.slice(0, 20) })
  const isMetric = METRIC_FLOWS.has(flowUnits)
  const [lengthM, sizeM] = isMetric ? [1, 0.001] : [FOOT_M, INCH_M]

  const wrong = (row: InpRow, problem: string) => log.add('schema_invalid', 'error', `${row.words[0]!.slice(0, 50)} (${name}#${row.line})`, { problem })
  const elevations = new Map<string, number>()
  const nodes: InpNode[] = []
  const addNodes = (section: string, type: string, more: (words: readonly string[]) => Record<string, AttributeValue>) => {
    for (const row of sections.get(section) ?? []) {
      const id = row.words[0]!
      // An elevation left out is 0 for EPANET, which for us is no level at all.
      const elevation = numberIn(row.words[1])
      if (row.words[1] !== undefined && elevation === null) wrong(row, 'elevation')
      // A reservoir's figure is the head of its water, not where it stands.
      if (elevation !== null && type !== 'reservoir') elevations.set(id, elevation * lengthM)
      nodes.push({ id, line: row.line, properties: { type, ...(type === 'reservoir' ? { headM: elevation === null ? null : elevation * lengthM } : { elevationM: elevations.get(id) ?? null }), ...more(row.words) } })
    }
  }
  const demands = demandsOf(sections)
  addNodes('JUNCTIONS', 'junction', words => ({ demandLs: scale(demands.get(words[0]!) ?? numberIn(words[2]), LITRES_PER_SECOND[flowUnits]!) }))
  addNodes('RESERVOIRS', 'reservoir', () => ({}))
  addNodes('TANKS', 'tank', words => ({ tankDiameterM: scale(numberIn(words[5]), lengthM) }))

  const links: InpLink[] = []
  const addLinks = (section: string, type: string, more: (row: InpRow) => Record<string, AttributeValue>) => {
    for (const row of sections.get(section) ?? []) {
      const [id, from, to] = row.words
      if (from === undefined || to === undefined) wrong(row, 'columns')
      else links.push({ id: id!, from, to, line: row.line, properties: { type, node1: from, node2: to, groundStartM: elevations.get(from) ?? null, groundEndM: elevations.get(to) ?? null, ...more(row) } })
    }
  }
  const materials = materialTags(sections)
  addLinks('PIPES', 'pipe', row => {
    const [length, diameter] = [numberIn(row.words[3]), numberIn(row.words[4])]
    if (length === null || diameter === null) wrong(row, length === null ? 'length' : 'diameter')
    return { lengthM: scale(length, lengthM), diameterM: scale(diameter, sizeM), roughness: numberIn(row.words[5]), status: row.words[7] ?? 'OPEN', ...(materials.get(row.words[0]!) !== undefined && { tag: materials.get(row.words[0]!)! }) }
  })
  addLinks('PUMPS', 'pump', row => ({ diameterM: null, definition: row.words.slice(3).join(' ') }))
  addLinks('VALVES', 'valve', row => ({ diameterM: scale(numberIn(row.words[3]), sizeM), valveType: row.words[4] ?? '', setting: row.words[5] ?? '' }))
  return { nodes, links, mapUnits: undefined }
}

const scale = (value: number | null, factor: number): number | null => (value === null ? null : value * factor)

/** Base demands of [DEMANDS] in the file's unit: all of a junction's categories together, in place of its own row's. */
function demandsOf(sections: InpSections): Map<string, number> {
  const demands = new Map<string, number>()
  for (const { words } of sections.get('DEMANDS') ?? []) {
    const demand = numberIn(words[1])
    if (demand !== null && words[0]!.toUpperCase() !== 'MULTIPLY') demands.set(words[0]!, (demands.get(words[0]!) ?? 0) + demand)
  }
  return demands
}

function materialTags(sections: InpSections): Map<string, string> {
  const tags = new Map<string, string>()
  for (const { words } of sections.get('TAGS') ?? []) if (words[0]!.toUpperCase() === 'LINK' && words[1] !== undefined && words[2] !== undefined) tags.set(words[1], words[2])
  return tags
}
