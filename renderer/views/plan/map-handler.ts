import type { RefObject } from 'react'
import { assetId } from '#shared/twin/asset-columns.ts'
import { planIntervalIn } from '#shared/excavation/intervals.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { nodeId, nodeKind } from '#shared/twin/twin-context.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { excavationStore, shownCuts } from '#renderer/state/scheme/excavation-store.ts'
import { groundOf } from '#renderer/state/twin/ground-levels.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { selectedAt } from '#renderer/state/app/selected-at.ts'
import { sessionStore, type Selection } from '#renderer/state/app/session-store.ts'
import { orderCamera, viewStore } from '#renderer/state/view/view-store.ts'
import { openListedFinding } from '#renderer/actions/check/finding-actions.ts'
import { openFlaw } from '#renderer/actions/ledger/quality-actions.ts'
import { selectPlace } from '#renderer/actions/viewing/selection-actions.ts'
import { qualityStore } from '#renderer/state/twin/quality-store.ts'
import { extendSelection } from '#renderer/state/app/multi-selection.ts'
import { gripCatchment } from './map-catchments.ts'
import type { MapFindings } from './map-findings.ts'
import { flawAt, markedFlaws } from './map-flaws.ts'
import type { MapHandler } from './map-gestures.ts'
import { pickOnMap } from './map-pick.ts'
import { toPlan, type MapPose, type MapSize } from './map-pose.ts'

const REACH_PX = 6
/** Half of what the 3D view shows when sent to a place of the map. */
const VISIT_M = 25

/** The map as a place to point at: shares hover, selection and pointer with every other view. */
export function mapHandler(model: SceneModel, poseRef: RefObject<MapPose | null>, size: () => MapSize, boxRef: RefObject<readonly [number, number, number, number] | null>, findingsRef: RefObject<MapFindings | null>, ask: () => void): MapHandler {
  const { columns, nodes, nodeOwners } = model
  const pose = () => poseRef.current ?? { x: 0, y: 0, pxPerM: 1 }
  const shown = () => {
    const { hiddenKinds, hiddenOwners } = viewStore.getState()
    return (item: number) => {
      const [kind, owner] = item < columns.count ? [ASSET_KINDS[columns.kind[item]!] ?? 'unknown', columns.owners[columns.owner[item]!] ?? ''] : [nodeKind(nodes, item - columns.count), nodeOwners[nodes.owner.codes[item - columns.count]!] ?? '']
      return !hiddenKinds.has(kind) && !hiddenOwners.has(owner)
    }
  }
  const under = (pxX: number, pxY: number): Selection | null => {
    const [x, y] = toPlan(pose(), size(), pxX, pxY)
    const proposal = proposalAt(x, y, REACH_PX / pose().pxPerM, columns.origin)
    if (proposal !== null) return { type: 'proposal', id: proposal, vertex: null }
    const hit = pickOnMap(model, x, y, REACH_PX / pose().pxPerM, viewStore.getState().showNodes && pose().pxPerM > 1.4, shown())
    if (hit) return hit.type === 'asset' ? { type: 'asset', id: assetId(columns, hit.index) } : { type: 'node', id: nodeId(nodes, hit.index) }
    const dig = excavationAt(x, y, REACH_PX / pose().pxPerM, columns.origin)
    return dig === null ? null : { type: 'excavation', id: dig, corner: null }
  }
  return {
    pose, size,
    move(next) {
      poseRef.current = next
      ask()
    },
    hover(pxX, pxY) {
      const [x, y] = toPlan(pose(), size(), pxX, pxY)
      const level = groundOf(model.context.ground)(x, y)
      const [ox, oy, oz] = columns.origin
      const ref = under(pxX, pxY)
      const hover = ref && (ref.type === 'asset' || ref.type === 'proposal') ? { type: ref.type, id: ref.id } : null
      const before = sessionStore.getState().hover
      sessionStore.setState({
        pointer: { at: [x + ox, y + oy, (level ?? 0) + oz], groundZ: level === null ? null : level + oz },
        ...(before?.id !== hover?.id && { hover }),
      })
    },
    click(pxX, pxY, extend) {
      const marked = extend ? null : markedFlaws(qualityStore.getState(), columns)
      const flaw = marked && flawAt({ pose: pose(), size: size() }, marked, pxX, pxY)
      if (flaw !== null) return openFlaw(flaw)
      const marking = extend ? null : (findingsRef.current?.at({ pose: pose(), size: size() }, pxX, pxY) ?? null)
      if (marking) return openListedFinding(marking.finding.id, marking.scope)
      const ref = under(pxX, pxY)
      if (extend) extendSelection(ref?.type === 'excavation' ? null : ref)
      else sessionStore.setState({ ...(ref ? selectedAt(ref, toPlan(pose(), size(), pxX, pxY)) : { selection: null }), alsoSelected: [] })
    },
    open(pxX, pxY) {
      const [x, y] = toPlan(pose(), size(), pxX, pxY)
      const level = groundOf(model.context.ground)(x, y) ?? model.frame.origin[2]
      orderCamera({ type: 'box', min: [x - VISIT_M, y - VISIT_M, level - 5], max: [x + VISIT_M, y + VISIT_M, level + 1] })
    },
    box(fromX, fromY, toX, toY, isDone) {
      boxRef.current = isDone ? null : [fromX, fromY, toX, toY]
      if (isDone) {
        const [a, b] = [toPlan(pose(), size(), fromX, fromY), toPlan(pose(), size(), toX, toY)]
        const [minX, maxX, minY, maxY] = [Math.min(a[0], b[0]), Math.max(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[1], b[1])]
        selectPlace(columns, (x, y) => x >= minX && x <= maxX && y >= minY && y <= maxY, shown())
      }
      ask()
    },
    grip(pxX, pxY) {
      return gripCatchment(...toPlan(pose(), size(), pxX, pxY), pose().pxPerM, columns.origin)
    },
    pull(grip, pxX, pxY) {
      grip.to(...toPlan(pose(), size(), pxX, pxY))
    },
    leave() {
      sessionStore.setState({ hover: null, pointer: null })
    },
  }
}

function proposalAt(x: number, y: number, reachM: number, origin: readonly number[]): string | null {
  for (const { id, axis } of Object.values(activeScenario(scenarioStore.getState())?.document.proposals ?? {})) {
    if (axis.slice(1).some((b, v) => distanceTo(x, y, axis[v]!, b, origin) <= reachM)) return id
  }
  return null
}

/** In plan, from a place (local frame) to a part given in the project CRS. */
function distanceTo(x: number, y: number, a: Vec3, b: Vec3, origin: readonly number[]): number {
  const [ax, ay, bx, by] = [a[0] - origin[0]!, a[1] - origin[1]!, b[0] - origin[0]!, b[1] - origin[1]!]
  const square = (bx - ax) ** 2 + (by - ay) ** 2
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square))
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
}

/** The excavation under a place: in its opening, or on the axis of its bore. */
function excavationAt(x: number, y: number, reachM: number, origin: readonly number[]): string | null {
  for (const { excavation: { id, shape }, solid } of shownCuts(excavationStore.getState())) {
    if (solid?.columns.some(({ ring }) => planIntervalIn(ring, [x, y, 0], [x, y, 0]) !== null)) return id
    if (shape.type === 'bore' && shape.axis.slice(1).some((b, i) => distanceTo(x, y, shape.axis[i]!, b, origin) <= reachM + shape.diameterM / 2)) return id
  }
  return null
}
