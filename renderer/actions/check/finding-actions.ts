import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { findingsStore, resultOf, type CheckResult, type CheckScope } from '../../state/findings/findings-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { orderCamera } from '../../state/view/view-store.ts'
import { axisOf } from '../viewing/selection-actions.ts'

/** The result the findings table lists now. */
export function shownResult(): CheckResult | null {
  return resultOf(findingsStore.getState(), scenarioStore.getState().activeId, sessionStore.getState().findingsScope)
}

/** The table sorts and filters; next and previous follow what it shows. Empty: the order of the result. */
let order: readonly string[] = []
/** Ids of the findings in the table, in its order. */
export const shownOrder = (): readonly string[] => order
export const setShownOrder = (ids: readonly string[]): void => {
  order = ids
}

/** Opens a finding: the scene ghosts the rest and the camera goes where the spot can be seen. */
export function openFinding(id: string): void {
  const finding = shownResult()?.findings.find(row => row.id === id)
  const { info } = projectStore.getState()
  if (!finding || !info) return
  const { a, at } = finding
  sessionStore.setState({ findingId: id, selection: null, cut: { lineIds: a, at: [at.a[0] - info.origin[0], at.a[1] - info.origin[1]] }, interaction: { type: 'idle' } })
  showSpot(finding)
}

/** Opens a finding of a list that need not be the one shown: it is shown then. */
export function openListedFinding(id: string, scope: CheckScope): void {
  if (sessionStore.getState().findingsScope !== scope) setFindingsScope(scope)
  openFinding(id)
}

/** Takes the camera to where a finding can be seen, whether or not it is one of those listed. */
export function showSpot(finding: Finding): void {
  const { info } = projectStore.getState()
  if (!info) return
  const spot = spotOf(finding, info.origin)
  orderCamera({ type: 'spot', at: spot.at, radiusM: spot.radiusM, alongA: directionAt(axisOf(finding.a[0] ?? ''), spot.at) })
}

export const closeFinding = (): void => sessionStore.setState({ findingId: null })

export function stepFinding(step: 1 | -1): void {
  const ids = order.length > 0 ? order : (shownResult()?.findings.map(finding => finding.id) ?? [])
  if (ids.length === 0) return
  const at = ids.indexOf(sessionStore.getState().findingId ?? '')
  const next = at < 0 ? (step > 0 ? 0 : ids.length - 1) : (at + step + ids.length) % ids.length
  openFinding(ids[next]!)
}

export function setFindingsScope(findingsScope: CheckScope): void {
  sessionStore.setState({ findingsScope, findingId: null })
}

/** Lists the findings of one block: of the whole network where that was checked, else of the scheme. */
export function showFindingsOf(blockId: string | null): void {
  const { activeId } = scenarioStore.getState()
  const hasNetwork = resultOf(findingsStore.getState(), activeId, 'network') !== null
  sessionStore.setState(({ wantedPanel: last, findingsScope }) => ({
    findingsBlock: blockId, findingId: null, findingsScope: blockId === null ? findingsScope : hasNetwork ? 'network' : 'proposals', wantedPanel: { id: 'findings', serial: (last?.serial ?? 0) + 1 },
  }))
}

/** Half-way between the nearest points, local frame, and how far around it matters. */
function spotOf(finding: Finding, origin: Vec3): { readonly at: Vec3; readonly radiusM: number } {
  const { a, b } = finding.at
  const gapM = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
  return {
    at: [(a[0] + b[0]) / 2 - origin[0], (a[1] + b[1]) / 2 - origin[1], (a[2] + b[2]) / 2 - origin[2]],
    radiusM: Math.max(2.5, gapM * 1.5),
  }
}

/** Direction of the axis where it passes nearest to a point, in plan and level; east where there is no axis. */
function directionAt(axis: readonly Vec3[] | null, point: Vec3): Vec3 {
  let best = Infinity
  let direction: Vec3 = [1, 0, 0]
  for (let i = 1; i < (axis?.length ?? 0); i++) {
    const [p, q] = [axis![i - 1]!, axis![i]!]
    const d: Vec3 = [q[0] - p[0], q[1] - p[1], q[2] - p[2]]
    const lengthM = Math.hypot(...d)
    if (lengthM === 0) continue
    const t = Math.min(1, Math.max(0, ((point[0] - p[0]) * d[0] + (point[1] - p[1]) * d[1] + (point[2] - p[2]) * d[2]) / lengthM ** 2))
    const distanceM = Math.hypot(p[0] + t * d[0] - point[0], p[1] + t * d[1] - point[1], p[2] + t * d[2] - point[2])
    if (distanceM < best) {
      best = distanceM
      direction = [d[0] / lengthM, d[1] / lengthM, d[2] / lengthM]
    }
  }
  return direction
}
