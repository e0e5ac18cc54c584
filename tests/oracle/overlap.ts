/** "axes that run on top of each other and part make one only where one passes to the other side". */
import type { Asset, Vec3 } from './types.ts'
import { partsAt, planDistance } from './assets.ts'
import type { Joint } from './joints.ts'
import { joinedAt } from './joints.ts'
import type { Place } from './meetings.ts'

type Direction = readonly [number, number]

/** A place where the common stretch ends: which sides of B's way the parts of A leave to. */
interface Terminal { sides: Set<'left' | 'right'> }

/** Does A's way leave B's way to different sides at the two ends of the common stretch? */
export function passesOver(place: Place, joints: readonly Joint[], snapM: number): boolean {
  const terminals: Terminal[] = []
  for (const spot of spots(place, snapM)) {
    const a = directionsOf(spot.a, joints, snapM)
    const b = directionsOf(spot.b, joints, snapM)
    const common = a.filter((u) => b.some((v) => isSame(u, v)))
    const [inward] = common
    if (inward === undefined || common.some((u) => !isSame(u, inward))) continue
    const sides = new Set<'left' | 'right'>()
    for (const alpha of a) {
      for (const beta of b) {
        if (isSame(alpha, inward) || isSame(beta, inward)) continue
        sides.add(turn(inward, alpha) < turn(inward, beta) ? 'left' : 'right')
      }
    }
    terminals.push({ sides })
  }
  // Seen into the stretch from each end, left at one end is right at the other along B's way.
  return terminals.some((one, i) => terminals.some((other, k) => i < k
    && [...one.sides].some((side) => other.sides.has(side))))
}

/** Common points of the place, united where they coincide, with who is there. */
function spots(place: Place, snapM: number): { place: Vec3; a: { asset: Asset; chainage: number }[]; b: { asset: Asset; chainage: number }[] }[] {
  const found: ReturnType<typeof spots> = []
  for (const m of place.meetings) {
    for (const p of m.points) {
      let spot = found.find((s) => planDistance(s.place, p.place) <= snapM)
      if (spot === undefined) { spot = { place: p.place, a: [], b: [] }; found.push(spot); }
      spot.a.push({ asset: m.a, chainage: p.x })
      spot.b.push({ asset: m.b, chainage: p.y })
    }
  }
  return found
}

function directionsOf(members: readonly { asset: Asset; chainage: number }[], joints: readonly Joint[], snapM: number): Direction[] {
  return members.flatMap((m) => joinedAt(m.asset, m.chainage, joints, snapM)).flatMap((m) => partsAt(m.asset, m.chainage))
}

function isSame(u: Direction, v: Direction): boolean {
  return u[0] * v[0] + u[1] * v[1] > 0 && Math.abs(u[0] * v[1] - u[1] * v[0]) <= 1e-6
}

/** Angle from one direction counter-clockwise to another, 0…2π. */
function turn(from: Direction, to: Direction): number {
  const angle = Math.atan2(from[0] * to[1] - from[1] * to[0], from[0] * to[0] + from[1] * to[1])
  return angle < 0 ? angle + 2 * Math.PI : angle
}
