import { buildBoxGrid, queryBoxGrid, type BoxGrid } from '../geometry/box-grid.ts'
import { gravityFlow } from '../network/gravity-flow.ts'
import { degreeOf, nodesOf, type Topology } from '../network/topology.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import type { FlawList } from './flaw-list.ts'
import { placeOf } from './missing-joints.ts'

/** Two ends that meet in plan to within this but not in level: a jump of levels, not a gap in the plan. Metres. */
const SAME_PLACE_M = 0.05
/** A service line ends at its building: no open end where one is this near, metres. */
const BUILDING_REACH_M = 8

/** Flaws where lines meet: gaps, jumps of level, ends that lead nowhere, sewers that climb. @param unjoined Places told as lacking their joint. */
export function findJointFlaws(topology: Topology, surfaceFeatures: readonly SurfaceFeature[], isRepeated: Uint8Array, unjoined: ReadonlySet<string>, flaws: FlawList): void {
  const told = new Set<string>()
  for (const { asset, other, gapM, at } of topology.nearMisses) {
    // A line drawn twice misses its own first drawing.
    if (isRepeated[asset] || isRepeated[other] || unjoined.has(placeOf(at[0], at[1]))) continue
    const planGapM = planGap(topology, other, at)
    // Two ends that miss each other are one flaw.
    const [a, b] = [Math.min(asset, other), Math.max(asset, other)]
    const pair = `${a} ${b} ${Math.round(at[0])} ${Math.round(at[1])}`
    if (told.has(pair)) continue
    told.add(pair)
    flaws.add(planGapM <= SAME_PLACE_M ? 'level_jump' : 'near_miss', asset, at, gapM, other)
  }
  findOpenEnds(topology, surfaceFeatures, flaws)
  const { adverse, contradictions } = gravityFlow(topology)
  // A survey's direction that leads up is told as such, not as a pipe that was laid wrong: it is one of two figures of the survey.
  const contradicted = new Set(contradictions.map(({ asset }) => asset))
  for (const { asset, riseM } of contradictions) flaws.add('flow_against_levels', asset, pointAlong(topology, asset, 0), riseM)
  for (const { asset, fromM, riseM } of adverse) if (!contradicted.has(asset)) flaws.add('adverse_slope', asset, pointAlong(topology, asset, fromM), riseM)
}

function findOpenEnds(topology: Topology, surfaceFeatures: readonly SurfaceFeature[], flaws: FlawList): void {
  const { columns, placeXyz, placeCount, incident, incidentStart, edgeAsset } = topology
  const buildings = boxesOf(surfaceFeatures, columns.origin)
  const missed = new Set(topology.nearMisses.map(({ at }) => at.join(',')))
  for (let place = 0; place < placeCount; place++) {
    if (degreeOf(topology, place) !== 1 || nodesOf(topology, place).length > 0) continue
    const asset = edgeAsset[incident[incidentStart[place]!]!]!
    const at: Vec3 = [placeXyz[3 * place]!, placeXyz[3 * place + 1]!, placeXyz[3 * place + 2]!]
    if (asset < 0 || missed.has(at.join(',')) || isAtBuilding(buildings, at)) continue
    flaws.add('open_end', asset, at)
  }
}

function boxesOf(features: readonly SurfaceFeature[], [ox, oy]: Vec3): BoxGrid {
  const boxes = features.filter(({ type }) => type === 'building').map(({ points }) => [
    Math.min(...points.map(([x]) => x)) - ox, Math.min(...points.map(([, y]) => y)) - oy, Math.max(...points.map(([x]) => x)) - ox, Math.max(...points.map(([, y]) => y)) - oy,
  ])
  return buildBoxGrid(Float64Array.from(boxes.flat()))
}

const isAtBuilding = (grid: BoxGrid, [x, y]: Vec3): boolean =>
  queryBoxGrid(grid, x - BUILDING_REACH_M, y - BUILDING_REACH_M, x + BUILDING_REACH_M, y + BUILDING_REACH_M).length > 0

/** Distance in plan from a point to an asset's axis. */
function planGap({ columns: { vertexStart, xyz } }: Topology, asset: number, [x, y]: Vec3): number {
  let least = Infinity
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
    const [ax, ay] = [xyz[3 * v]!, xyz[3 * v + 1]!]
    const [dx, dy] = [xyz[3 * v + 3]! - ax, xyz[3 * v + 4]! - ay]
    const square = dx * dx + dy * dy
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square))
    least = Math.min(least, Math.hypot(ax + t * dx - x, ay + t * dy - y))
  }
  return least
}

/** The point of an axis at a length along it in space. */
function pointAlong({ columns: { vertexStart, xyz } }: Topology, asset: number, alongM: number): Vec3 {
  let left = alongM
  for (let v = vertexStart[asset]!; ; v++) {
    const [x, y, z] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
    if (v >= vertexStart[asset + 1]! - 1) return [x, y, z]
    const [dx, dy, dz] = [xyz[3 * v + 3]! - x, xyz[3 * v + 4]! - y, xyz[3 * v + 5]! - z]
    const partM = Math.hypot(dx, dy, dz)
    if (left <= partM && partM > 0) return [x + (left / partM) * dx, y + (left / partM) * dy, z + (left / partM) * dz]
    left -= partM
  }
}
