import { isVertical, runAt, type CutProfile } from './cut-profile.ts'
import { faceRegions, splitIntoBands, type Face, type FloorRegion } from './faces.ts'
import { clipToPlanes, isReflex, levelPlane, planeDifference, ringArea, ringPlanes, subtractPlanes, type PlanPlane, type PlanRing } from '../geometry/plan-polygon.ts'
import { type PlanBox, boxesMeet, ringBox } from '../geometry/plan-box.ts'

/** Rings smaller than this are left over from rounding: square metres. */
const SLIVER_M2 = 1e-12

/**
 * The plan of the cut up to a height above its bottom, as regions that do not overlap: the toe's convex parts, and of
 * each face what is outside the toe and not cut lower by another face.
 * @param toeParts Convex parts of the toe.
 */
export function floorPartition(toe: PlanRing, toeParts: readonly PlanRing[], faces: readonly Face[], profile: CutProfile, levelM: number, heightM: number): FloorRegion[] {
  const bottom = toeParts.map(ring => ({ ring, floor: levelPlane(levelM) }))
  if (isVertical(profile) || heightM <= 0) return bottom
  const isConcave = Array.from({ length: toe.length / 2 }, (_, i) => isReflex(toe, i)).some(Boolean)
  if (!isConcave) return [...bottom, ...faces.flatMap(face => faceRegions(face, profile, levelM, heightM))]
  const reachM = runAt(profile, heightM)
  const domains = faces.map(face => domainOf(face, reachM))
  const toeDomains = toeParts.map(ring => ({ ring, box: ringBox(ring), planes: ringPlanes(ring) }))
  return [...bottom, ...faces.flatMap((face, i) => lowestPieces(i, faces, domains, toeDomains).flatMap(ring => splitIntoBands(ring, face, profile, levelM, heightM)))]
}

interface Domain {
  readonly ring: PlanRing
  readonly box: PlanBox
  readonly planes: readonly PlanPlane[]
}

function domainOf(face: Face, reachM: number): Domain {
  const ring = face.ring(0, reachM)
  return { ring, box: ringBox(ring), planes: ringPlanes(ring) }
}

/** Where face i is the cut: its domain less the toe and less what a nearer face takes; equals go to the first. */
function lowestPieces(i: number, faces: readonly Face[], domains: readonly Domain[], toeDomains: readonly Domain[]): PlanRing[] {
  let pieces: PlanRing[] = [domains[i]!.ring]
  const without = (planes: readonly PlanPlane[]) => {
    pieces = pieces.flatMap(piece => subtractPlanes(piece, planes)).filter(piece => ringArea(piece) > SLIVER_M2)
  }
  for (const toePart of toeDomains) if (boxesMeet(domains[i]!.box, toePart.box)) without(toePart.planes)
  for (let j = 0; j < faces.length && pieces.length > 0; j++) {
    if (j === i || !boxesMeet(domains[i]!.box, domains[j]!.box) || clipToPlanes(domains[i]!.ring, domains[j]!.planes).length === 0) continue
    const nearer = planeDifference(faces[i]!.distance, faces[j]!.distance)
    const isTie = Math.abs(nearer.gx) < 1e-12 && Math.abs(nearer.gy) < 1e-12 && Math.abs(nearer.c) < 1e-9
    if (isTie && j > i) continue
    without(isTie ? domains[j]!.planes : [nearer, ...domains[j]!.planes])
  }
  return pieces
}
