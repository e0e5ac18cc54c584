import type { AssetKind } from '../../../twin/kinds.ts'
import type { AttributeValue } from '../../../twin/asset.ts'
import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { InpLink, InpNode } from './inp-network.ts'
import type { InpModel } from './read-epanet.ts'
import { numberIn, optionOf, type InpRow, type InpSections } from './inp-text.ts'
import { readSwmmSizes } from './swmm-sections.ts'

const METRIC_FLOWS = new Set(['CMS', 'LPS', 'MLD'])
const US_FLOWS = new Set(['CFS', 'GPM', 'MGD'])
const FOOT_M = 0.3048

/** Sections whose objects have no place in the ground: told, so that nobody looks for them in the project. */
const LEFT_OUT = ['RAINGAGES', 'LID_CONTROLS', 'AQUIFERS', 'SNOWPACKS', 'INLETS'] as const

/** SWMM tells names apart whatever their case. */
export const swmmKey = (id: string): string => id.toUpperCase()

/** What a model is of: sewage alone, storm water alone, or both in one pipe. */
export function swmmKind(sections: InpSections): AssetKind {
  const hasRows = (section: string) => (sections.get(section)?.length ?? 0) > 0
  if (!hasRows('DWF')) return 'sewer_storm'
  return hasRows('SUBCATCHMENTS') ? 'sewer_combined' : 'sewer_foul'
}

/** Whether a model's figures are metric, by its flow units. */
export const isMetricModel = (sections: InpSections): boolean => METRIC_FLOWS.has(flowUnitsOf(sections))
const flowUnitsOf = (sections: InpSections): string => optionOf(sections, 'OPTIONS', 'FLOW_UNITS') ?? 'CFS'

/**
 * A SWMM network: sections inside, inverts at both ends (node invert and link offset), ground where a node's depth gives it.
 * @throws SourceRefused flow units SWMM does not know.
 */
export function readSwmm(sections: InpSections, name: string, log: IssueLog): InpModel {
  const flowUnits = flowUnitsOf(sections)
  if (!METRIC_FLOWS.has(flowUnits) && !US_FLOWS.has(flowUnits)) throw new SourceRefused('schema_invalid', { problem: 'flow_units', units: flowUnits.slice(0, 20) })
  const lengthM = isMetricModel(sections) ? 1 : FOOT_M
  const byElevation = optionOf(sections, 'OPTIONS', 'LINK_OFFSETS') === 'ELEVATION'
  const inverts = new Map<string, number>()
  const grounds = new Map<string, number>()
  const wrong = (row: InpRow, problem: string) => log.add('schema_invalid', 'error', `${row.words[0]!.slice(0, 50)} (${name}#${row.line})`, { problem })

  const nodes: InpNode[] = []
  const addNodes = (section: string, type: string, depthColumn: number | null) => {
    for (const row of sections.get(section) ?? []) {
      const id = row.words[0]!
      const invert = numberIn(row.words[1])
      if (invert === null) wrong(row, 'elevation')
      // A depth of 0 leaves the ground to the crown of the highest pipe: it is not known.
      const depthM = depthColumn === null ? null : scale(numberIn(row.words[depthColumn]), lengthM) || null
      if (invert !== null) {
        inverts.set(swmmKey(id), invert * lengthM)
        if (depthM !== null) grounds.set(swmmKey(id), invert * lengthM + depthM)
      }
      nodes.push({ id, line: row.line, properties: { type, invertM: scale(invert, lengthM), maxDepthM: depthM, groundM: grounds.get(swmmKey(id)) ?? null } })
    }
  }
  addNodes('JUNCTIONS', 'junction', 2)
  addNodes('OUTFALLS', 'outfall', null)
  addNodes('STORAGE', 'storage', 2)
  // A divider's depth stands behind columns that depend on its type: left unknown rather than taken from the wrong one.
  addNodes('DIVIDERS', 'divider', null)

  const sizes = readSwmmSizes(sections, lengthM, swmmKey)
  /** Level of a link's inside bottom at a node, by offset above its floor or by elevation; `*` and nothing mean the floor. */
  const invertAt = (node: string, offset: string | undefined): number | null => {
    const floor = inverts.get(swmmKey(node)) ?? null
    const value = numberIn(offset)
    if (value === null) return floor
    if (byElevation) return value * lengthM
    return floor === null ? null : floor + value * lengthM
  }
  const links: InpLink[] = []
  const addLinks = (section: string, type: string, more: (row: InpRow, from: string, to: string) => Record<string, AttributeValue>) => {
    for (const row of sections.get(section) ?? []) {
      const [id, from, to] = row.words
      if (from === undefined || to === undefined) {
        wrong(row, 'columns')
        continue
      }
      const ends = { groundStartM: grounds.get(swmmKey(from)) ?? null, groundEndM: grounds.get(swmmKey(to)) ?? null }
      links.push({ id: id!, from, to, line: row.line, properties: { type, node1: from, node2: to, ...sizes.get(swmmKey(id!)), ...more(row, from, to), ...ends } })
    }
  }
  addLinks('CONDUITS', 'conduit', (row, from, to) => {
    const length = numberIn(row.words[3])
    if (length === null) wrong(row, 'length')
    return { lengthM: scale(length, lengthM), roughness: numberIn(row.words[4]), invertStartM: invertAt(from, row.words[5]), invertEndM: invertAt(to, row.words[6]) }
  })
  const level = (from: string, to: string, offset?: string) => ({ invertStartM: invertAt(from, offset), invertEndM: invertAt(to, undefined) })
  addLinks('PUMPS', 'pump', (row, from, to) => ({ curve: row.words[3] ?? '', ...level(from, to) }))
  addLinks('ORIFICES', 'orifice', (row, from, to) => ({ opening: row.words[3] ?? '', ...level(from, to, row.words[4]) }))
  addLinks('WEIRS', 'weir', (row, from, to) => ({ weirType: row.words[3] ?? '', ...level(from, to, row.words[4]) }))
  for (const section of LEFT_OUT) {
    const rows = new Set((sections.get(section) ?? []).map(row => swmmKey(row.words[0]!)))
    if (rows.size > 0) log.add('feature_unsupported', 'info', name, { type: section, count: rows.size })
  }
  addLinks('OUTLETS', 'outlet', (row, from, to) => level(from, to, row.words[3]))
  return { nodes, links, mapUnits: optionOf(sections, 'MAP', 'UNITS') }
}

const scale = (value: number | null, factor: number): number | null => (value === null ? null : value * factor)
