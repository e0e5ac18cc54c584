import type { Proposal } from '../../scenario/document.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { Finding } from '../findings/finding.ts'
import { BROKEN_M } from '../pairs/pair-terms.ts'
import { compareText } from '../network/order-and-frame.ts'

/** Directions nearer than this are one, radians. */
const STRAIGHT = 1e-6

/**
 * Bends of proposals sharper than the radius each of them can be laid with, where it says one: as of rule 8 (`testBends`),
 * the largest arc that fits a corner, its tangents taking half of each leg, the whole of the first and the last.
 * @returns sorted by identity. Project CRS.
 */
export function ownBendFindings(proposals: readonly Proposal[]): Finding[] {
  return proposals.flatMap(({ id, axis, bendRadiusM }) => {
    if (bendRadiusM === undefined) return []
    const corners = cornersOf(axis)
    return corners.slice(1, -1).flatMap((corner, k): Finding[] => {
      const [before, behind] = [corners[k]!, corners[k + 2]!]
      const tangentM = Math.min(distance(before.at, corner.at) * (k === 0 ? 1 : 0.5), distance(corner.at, behind.at) * (k + 3 === corners.length ? 1 : 0.5))
      const found = tangentM / Math.tan(turnAt(before.at, corner.at, behind.at) / 2)
      if (bendRadiusM - found <= BROKEN_M) return []
      const { at, chainageM } = corner
      return [{
        id: `${id}||bend_radius|own-${k + 1}`, rule: 'bend_radius', a: [id], b: [], required: bendRadiusM, found, shortfall: bendRadiusM - found, clause: '', basis: 'confirmed', mandatory: true, verdict: 'certain', uncertaintyM: 0,
        at: { a: at, b: at }, stretch: { from: at, to: at, fromChainageM: chainageM, toChainageM: chainageM }, yields: null, others: [],
      }]
    })
  }).sort((m, n) => compareText(m.id, n.id))
}

interface Corner {
  readonly at: Vec3
  /** In plan. */
  readonly chainageM: number
}

/** The ends and the vertices at which the direction changes. */
function cornersOf(axis: readonly Vec3[]): Corner[] {
  const corners: Corner[] = []
  let chainageM = 0
  axis.forEach((at, i) => {
    if (i > 0) chainageM += Math.hypot(at[0] - axis[i - 1]![0], at[1] - axis[i - 1]![1])
    if (corners.length > 0 && distance(corners.at(-1)!.at, at) === 0) return
    while (corners.length > 1 && turnAt(corners.at(-2)!.at, corners.at(-1)!.at, at) <= STRAIGHT) corners.pop()
    corners.push({ at, chainageM })
  })
  return corners
}

const distance = (p: Vec3, q: Vec3): number => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])

/** Change of direction at q on the way from p to r, radians. */
function turnAt(p: Vec3, q: Vec3, r: Vec3): number {
  const [ux, uy, uz] = [q[0] - p[0], q[1] - p[1], q[2] - p[2]]
  const [wx, wy, wz] = [r[0] - q[0], r[1] - q[1], r[2] - q[2]]
  return Math.atan2(Math.hypot(uy * wz - uz * wy, uz * wx - ux * wz, ux * wy - uy * wx), ux * wx + uy * wy + uz * wz)
}
