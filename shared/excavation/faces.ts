import { profileBands, type CutProfile, type ProfileBand } from './cut-profile.ts'
import { clipRing, edgePlane, isReflex, type PlanPlane, type PlanRing } from '../geometry/plan-polygon.ts'

/**
 * The face over one edge of the toe, seen from above. Its floor depends only on the distance to the edge's line, so it
 * is a plane (or, with benches, parallel strips). At a corner where two faces meet outwards the domain ends in the
 * mitre, the vertical plane through the corner where both faces are equally high; at a reflex corner, where the faces
 * run into each other, it ends square to the edge, and the lower of the overlapping faces is the cut.
 *
 * The sloped cut at height h is therefore the toe, a strip of width run(h) along each edge, and a mitred kite at each
 * outward corner, all united: the offset polygon with mitre joins and its self-crossings resolved by union. It is
 * defined for any simple toe, also where the wall of a narrow notch vanishes between two faces.
 */
export interface Face {
  /** Distance from the edge's line outwards. */
  readonly distance: PlanPlane
  /** Domain from the edge out to a distance: convex, counter-clockwise. */
  ring(fromM: number, toM: number): PlanRing
}

export function facesOf(toe: PlanRing): Face[] {
  const count = toe.length / 2
  const inward = Array.from({ length: count }, (_, i) => edgePlane(toe, i))
  return Array.from({ length: count }, (_, i) => {
    const plane = inward[i]!
    const [a, b] = [2 * i, 2 * ((i + 1) % count)]
    const outward = [-plane.gx, -plane.gy] as const
    const rayA = sideRay(outward, inward[(i + count - 1) % count]!, isReflex(toe, i))
    const rayB = sideRay(outward, inward[(i + 1) % count]!, isReflex(toe, (i + 1) % count))
    const at = (corner: number, ray: readonly [number, number], distance: number) => [toe[corner]! + distance * ray[0], toe[corner + 1]! + distance * ray[1]]
    return {
      distance: { x: plane.x, y: plane.y, c: 0, gx: outward[0], gy: outward[1] },
      ring: (fromM, toM) => [...at(b, rayB, fromM), ...at(a, rayA, fromM), ...at(a, rayA, toM), ...at(b, rayB, toM)],
    }
  })
}

/** Direction in which the domain's side leaves a corner, one unit away from the edge per unit of length along `outward`. */
function sideRay(outward: readonly [number, number], neighbour: PlanPlane, reflex: boolean): readonly [number, number] {
  if (reflex) return outward
  const [mx, my] = [outward[0] - neighbour.gx, outward[1] - neighbour.gy]
  const along = outward[0] * mx + outward[1] * my
  // Two edges that fold back on each other are no outline; this only keeps rounding from dividing by zero.
  return along > 1e-12 ? [mx / along, my / along] : outward
}

/** A convex plan ring over which the floor of the cut is one plane. */
export interface FloorRegion {
  readonly ring: PlanRing
  readonly floor: PlanPlane
}

/** The strips of one face up to a height, overlapping those of other faces where the toe is concave. */
export function faceRegions(face: Face, profile: CutProfile, levelM: number, heightM: number): FloorRegion[] {
  return profileBands(profile, heightM).map(band => ({ ring: face.ring(band.fromM, band.toM), floor: floorOf(face, band, levelM) }))
}

function floorOf(face: Face, band: ProfileBand, levelM: number): PlanPlane {
  const { x, y, gx, gy } = face.distance
  return { x, y, c: levelM + band.heightM - band.fromM * band.riseRatio, gx: gx * band.riseRatio, gy: gy * band.riseRatio }
}

/** Cuts a piece of a face into the strips in which its floor is one plane. */
export function splitIntoBands(ring: PlanRing, face: Face, profile: CutProfile, levelM: number, heightM: number): FloorRegion[] {
  const { x, y, gx, gy } = face.distance
  return profileBands(profile, heightM).flatMap(band => {
    const beyond = clipRing(ring, { x, y, c: -band.fromM, gx, gy })
    const strip = beyond.length > 0 ? clipRing(beyond, { x, y, c: band.toM, gx: -gx, gy: -gy }) : beyond
    return strip.length > 0 ? [{ ring: strip, floor: floorOf(face, band, levelM) }] : []
  })
}

