import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { segmentsInBox } from '#shared/twin/segments-near.ts'
import { count } from '../../i18n/format.ts'
import { groundOf } from '../../state/twin/ground-levels.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { addToSelection, MOST_SELECTED } from '../../state/app/multi-selection.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore, type Selection } from '../../state/app/session-store.ts'
import { orderCamera } from '../../state/view/view-store.ts'

/** Adds what lies in a place to the selection, and says where that is more than can be held. */
export function selectPlace(columns: AssetColumns, isIn: (x: number, y: number, z: number) => boolean, isShown: (asset: number) => boolean): void {
  const found = addToSelection(columns, isIn, isShown)
  if (found > MOST_SELECTED) showToast('info', 'app:toast.boxFull', { lines: count(found), most: MOST_SELECTED })
}

export const select = (selection: Selection | null): void => sessionStore.setState({ selection })

/** Selects a line by id and takes the camera to it. */
export function selectAndFly(id: string): void {
  const axis = axisOf(id)
  if (!axis) return
  const isProposal = activeScenario(scenarioStore.getState())?.document.proposals[id] !== undefined
  select(isProposal ? { type: 'proposal', id, vertex: null } : { type: 'asset', id })
  flyAlong(axis)
}

/** How much of the surroundings is seen about a place gone to. */
const PLACE_HALF_M = 25

/** Takes the camera to a place on the ground, project coordinates; says so where nothing of the project is near. */
export function goToPlace(x: number, y: number): void {
  const { info, context, columns } = projectStore.getState()
  if (!info) return
  const [minX, minY, , maxX, maxY] = info.extent ?? []
  if (minX === undefined || x < minX - PLACE_HALF_M || x > maxX! + PLACE_HALF_M || y < minY! - PLACE_HALF_M || y > maxY! + PLACE_HALF_M) return showToast('warning', 'app:toast.placeOutside', { x, y })
  const [u, v] = [x - info.origin[0], y - info.origin[1]]
  const w = groundOf(context?.ground ?? null)(u, v) ?? (columns && levelNear(columns, u, v)) ?? 0
  orderCamera({ type: 'box', min: [u - PLACE_HALF_M, v - PLACE_HALF_M, w - PLACE_HALF_M / 2], max: [u + PLACE_HALF_M, v + PLACE_HALF_M, w] })
}

/** The highest line near a place, local frame: where no ground is known one looks at the lines. Null where there are none at all. */
function levelNear(columns: AssetColumns, u: number, v: number): number | null {
  const { xyz } = columns
  for (let reach = PLACE_HALF_M; reach < 1e5; reach *= 4) {
    const near = segmentsInBox(columns, u - reach, v - reach, u + reach, v + reach)
    if (near.length > 0) return near.reduce((level, { vertex }) => Math.max(level, xyz[3 * vertex + 2]!), -Infinity)
  }
  return null
}

/** Takes the camera to everything a scheme plans: its lines and its excavations; to the whole where it plans nothing. */
export function flyToScheme({ proposals, excavations }: ScenarioDocument): void {
  const { info } = projectStore.getState()
  if (!info) return
  const lines = Object.values(proposals).flatMap(({ axis }) => axis)
  const level = lines[0]?.[2] ?? info.origin[2]
  const cuts = Object.values(excavations).flatMap(({ shape }) => (shape.type === 'bore' ? shape.axis : (shape.type === 'pit' ? shape.outline : shape.line).map(([x, y]): Vec3 => [x, y, level])))
  const points = [...lines, ...cuts].map(([x, y, z]): Vec3 => [x - info.origin[0], y - info.origin[1], z - info.origin[2]])
  if (points.length === 0) orderCamera({ type: 'fit' })
  else flyAlong(points)
}

/** Nothing of the surroundings is seen where the camera goes closer than this. */
const LEAST_EXTENT_M = 6

function flyAlong(axis: readonly Vec3[]): void {
  const pad = (low: number, high: number): [number, number] => {
    const half = Math.max((high - low) / 2, LEAST_EXTENT_M)
    return [(low + high) / 2 - half, (low + high) / 2 + half]
  }
  const [x, y, z] = [0, 1, 2].map(k => pad(Math.min(...axis.map(p => p[k]!)), Math.max(...axis.map(p => p[k]!)))) as [[number, number], [number, number], [number, number]]
  orderCamera({ type: 'box', min: [x[0], y[0], z[0]], max: [x[1], y[1], z[1]] })
}

/** Axis of a proposal of the active scheme or of a baseline asset, local frame; null where there is no such line. */
export function axisOf(id: string): readonly Vec3[] | null {
  const { columns, info } = projectStore.getState()
  const proposal = activeScenario(scenarioStore.getState())?.document.proposals[id]
  if (proposal && info) return proposal.axis.map(([x, y, z]) => [x - info.origin[0], y - info.origin[1], z - info.origin[2]])
  const index = columns ? assetIndexOf(columns, id) : null
  return columns && index !== null ? localAxis(columns, index) : null
}

function localAxis({ vertexStart, xyz }: AssetColumns, index: number): Vec3[] {
  const axis: Vec3[] = []
  for (let v = vertexStart[index]!; v < vertexStart[index + 1]!; v++) axis.push([xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!])
  return axis
}
