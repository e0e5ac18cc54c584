import { surfaceUses } from '#shared/profile/cover-zones.ts'
import type { CutLine } from '#shared/profile/cut-line.ts'
import { halfHeightM, type CutWorld } from '#shared/profile/cut-world.ts'
import { levelStops } from '#shared/profile/level-stops.ts'
import { cutLimits } from '#shared/profile/line-limits.ts'
import { nearestStop, type Stop } from '#shared/profile/stops.ts'
import { meetingLevel } from '#shared/routing/lines/meeting-level.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { groundOf } from '#renderer/state/twin/ground-levels.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import type { DraftSnap } from '../draft-store.ts'

/** A level in whole centimetres of the project's datum: finer than any line is laid. @param originZ Datum = local + originZ. */
const wholeCentimetres = (level: number, originZ: number): number => Math.round((level + originZ) * 100) / 100 - originZ

/** Covers asked for of a line that is edited: that of the template, where lines are laid by cover. */
export function coversAsked(): readonly number[] {
  const { vertical } = sessionStore.getState().template
  return vertical.mode === 'level' ? [] : [vertical.coverM]
}

/**
 * Leads a vertex that is raised or lowered, in 3D and in the long profile alike. What it is led to is looked up at the first
 * movement and holds for the gesture.
 * @param line A proposal with the vertex in it. Local frame.
 */
export function levelLeader(world: CutWorld, line: CutLine, index: number): (level: number, toleranceM: number, isFree: boolean) => { readonly to: Vec3; readonly snap: DraftSnap | null } {
  const [x, y] = line.axis[index]!
  let stops: readonly Stop[] | null = null
  return (level, toleranceM, isFree) => {
    const stop = isFree ? null : nearestStop((stops ??= stopsNow(world, line, index)), level, toleranceM)
    const to: Vec3 = [x, y, stop?.at ?? wholeCentimetres(level, world.columns.origin[2])]
    return { to, snap: stop && { at: to, target: stop.target, label: stop.label, distanceM: stop.amount } }
  }
}

function stopsNow(world: CutWorld, line: CutLine, index: number): Stop[] {
  const { columns } = world
  const { context, pack } = projectStore.getState()
  const { vertical } = sessionStore.getState().template
  const surface = context?.ground ?? null
  const { kind, section } = line.item
  return levelStops({
    world, surface, groundAt: groundOf(surface), coversM: coversAsked(),
    limits: pack && cutLimits(pack.pack, columns, activeScenario(scenarioStore.getState())?.document.proposals ?? {}),
    uses: context && surfaceUses(context.surfaceFeatures, columns.origin),
    fallRatio: vertical.mode === 'grade' ? vertical.fallRatio : null,
    meetingLevelAt: (at, north) => (context ? meetingLevel(columns, packContext(context).nodes, kind, halfHeightM(section), [at, north]) : null),
  }, line, index)
}
