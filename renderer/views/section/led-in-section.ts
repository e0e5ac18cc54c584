import { cutLine } from '#shared/profile/cut-line.ts'
import type { VerticalPlane } from '#shared/geometry/section-shape.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { slotStore } from '../../state/scheme/slot-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { kerbsBeside } from '../../tools/draw-guides.ts'
import type { DraftSnap } from '../../tools/draft-store.ts'
import { coversAsked } from '../../tools/edit-proposal/level-leader.ts'
import type { Cut } from '../cut/use-cut.ts'
import type { SectionGrip } from './section-grips.ts'
import { sectionLeader, type Led } from './section-stops.ts'

/** What leads a line taken hold of in a section, looked up once for the gesture. */
export function leaderOf({ world, limits, groundAt, line }: Cut, plane: VerticalPlane, grip: SectionGrip, halfSpanM: number): ReturnType<typeof sectionLeader> {
  const { isOn, shown } = slotStore.getState()
  const { context, pack, columns } = projectStore.getState()
  const proposal = activeScenario(scenarioStore.getState())?.document.proposals[grip.proposalId]
  const kerbs = context && pack && columns && proposal ? kerbsBeside(context, columns.origin, pack.pack, proposal, [grip.at[0], grip.at[1]], halfSpanM) : []
  return sectionLeader({
    world, limits, groundAt, plane, grip, halfSpanM, line: (grip.isOwn ? null : cutLine(world, grip.proposalId)) ?? line,
    kerbs, coversM: coversAsked(), slots: isOn && shown?.lineId === line.item.id ? shown.answer : null,
  })
}

/** The vertex where it is led to, else where the pointer has it; and what leads it. Local frame. */
export function ledInSection({ at, u, z }: SectionGrip, { dirX, dirY }: VerticalPlane, to: Vec3, led: Led): { readonly to: Vec3; readonly snap: DraftSnap | null } {
  const right = led.u ? led.u.at - u : (to[0] - at[0]) * dirX + (to[1] - at[1]) * dirY
  const place: Vec3 = [at[0] + right * dirX, at[1] + right * dirY, led.z ? at[2] + led.z.at - z : to[2]]
  const [first, also] = [led.u, led.u?.target === 'slot' ? null : led.z].flatMap(stop => (stop ? [{ target: stop.target, label: stop.label, distanceM: stop.amount }] : []))
  return { to: place, snap: first ? { ...first, at: place, ...(also && { also }) } : null }
}
