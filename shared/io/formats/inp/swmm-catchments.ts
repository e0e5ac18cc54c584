import { outlineFrom } from '../../../geometry/plan-outline.ts'
import type { DrawnCatchment } from '../../../hazards/overflow/drawn-catchment.ts'
import type { IssueLog } from '../../issue-log.ts'
import type { InpPlaces } from './inp-network.ts'
import { numberIn, type InpRow, type InpSections } from './inp-text.ts'

const ACRE_M2 = 4046.8564224
const HECTARE_M2 = 10_000
const FOOT_M = 0.3048
/** As `catchmentSchema` has it. */
const MOST_CORNERS = 2000
const MOST_AREA_M2 = 1e11

export interface CatchmentContext {
  readonly name: string
  readonly isMetric: boolean
  /** Nodes as the model spells them. */
  readonly nodeIds: readonly string[]
  readonly places: InpPlaces
  readonly metresPerUnit: number
  readonly keyOf: (id: string) => string
}

/**
 * `[SUBCATCHMENTS]` with the outlines of `[POLYGONS]`, in metres of the drawing. Of a subcatchment that runs onto another
 * the node is that at the end of the row. Without a usable outline it is a square of its area, in the middle of what is
 * drawn of it or at its node, and told: the area stated is what counts.
 */
export function readSwmmCatchments(sections: InpSections, context: CatchmentContext, log: IssueLog): DrawnCatchment[] {
  const { name, isMetric, nodeIds, places, metresPerUnit, keyOf } = context
  const rows = new Map((sections.get('SUBCATCHMENTS') ?? []).map(row => [keyOf(row.words[0]!), row]))
  const nodes = new Map(nodeIds.map(id => [keyOf(id), id]))
  const outlines = readOutlines(sections.get('POLYGONS') ?? [], keyOf)
  const catchments: DrawnCatchment[] = []
  for (const row of rows.values()) {
    const [id, , , area, impervious, width, slope] = row.words
    const ref = `${id!.slice(0, 50)} (${name}#${row.line})`
    const areaM2 = (numberIn(area) ?? 0) * (isMetric ? HECTARE_M2 : ACRE_M2)
    if (!(areaM2 > 0 && areaM2 <= MOST_AREA_M2)) {
      log.add('schema_invalid', 'error', ref, { problem: 'area' })
      continue
    }
    const node = nodeBelow(row, rows, nodes, keyOf)
    if (node === null) log.add('schema_invalid', 'error', ref, { problem: 'unknown_node', node: (row.words[2] ?? '').slice(0, 50) })
    const corners = (outlines.get(keyOf(id!)) ?? []).map(([x, y]) => [x * metresPerUnit, y * metresPerUnit] as const)
    const isUsable = corners.length <= MOST_CORNERS && outlineFrom(corners).ok
    const at = middleOf(corners) ?? (node === null ? null : placeOf(places, keyOf(node), metresPerUnit))
    if (!isUsable && at === null) {
      log.add('geometry_null', 'warning', ref, { section: 'POLYGONS' })
      continue
    }
    if (!isUsable) log.add('outline_assumed', 'info', ref)
    const [share, widthM, slopePercent] = [numberIn(impervious), numberIn(width), numberIn(slope)]
    catchments.push({
      name: id!.slice(0, 200), ring: isUsable ? corners : squareAt(at!, areaM2), node: node === null ? null : node.slice(0, 200), runoffCoefficient: null, areaM2,
      ...(share !== null && { imperviousPercent: Math.min(100, Math.max(0, share)) }),
      ...(widthM !== null && widthM > 0 && { widthM: widthM * (isMetric ? 1 : FOOT_M) }), ...(slopePercent !== null && slopePercent >= 0 && { slopePercent }),
    })
  }
  return catchments
}

function readOutlines(rows: readonly InpRow[], keyOf: (id: string) => string): Map<string, (readonly [number, number])[]> {
  const outlines = new Map<string, (readonly [number, number])[]>()
  for (const { words } of rows) {
    const [x, y] = [numberIn(words[1]), numberIn(words[2])]
    if (x === null || y === null) continue
    const known = outlines.get(keyOf(words[0]!))
    if (known) known.push([x, y])
    else outlines.set(keyOf(words[0]!), [[x, y]])
  }
  return outlines
}

/** The node a subcatchment drains to in the end; null where that leads nowhere. */
function nodeBelow(row: InpRow, rows: ReadonlyMap<string, InpRow>, nodes: ReadonlyMap<string, string>, keyOf: (id: string) => string): string | null {
  const passed = new Set<InpRow>()
  for (let at: InpRow | undefined = row; at && !passed.has(at); ) {
    passed.add(at)
    const outlet: string = keyOf(at.words[2] ?? '')
    // One that has both names drains to the node, as SWMM reads it.
    const node = nodes.get(outlet)
    if (node !== undefined) return node
    at = rows.get(outlet)
  }
  return null
}

function middleOf(corners: readonly (readonly [number, number])[]): readonly [number, number] | null {
  if (corners.length === 0) return null
  return [corners.reduce((sum, [x]) => sum + x, 0) / corners.length, corners.reduce((sum, [, y]) => sum + y, 0) / corners.length]
}

function placeOf(places: InpPlaces, key: string, metresPerUnit: number): readonly [number, number] | null {
  const place = places.nodes.get(key)
  return place ? [place[0]! * metresPerUnit, place[1]! * metresPerUnit] : null
}

function squareAt([x, y]: readonly [number, number], areaM2: number): (readonly [number, number])[] {
  const half = Math.sqrt(areaM2) / 2
  return [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]]
}
