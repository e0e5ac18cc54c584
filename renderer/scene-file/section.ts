import { BufferGeometry, DoubleSide, Float32BufferAttribute, Group, Line, LineBasicMaterial, Mesh, MeshBasicMaterial, Plane, Vector3, type Object3D } from 'three'
import type { SceneData } from '#shared/report/scene-data.ts'
import type { Look } from './stage.ts'

/** How far behind and above the cut the eye stands, metres. */
const STAND = { back: 22, up: 7 } as const
const WALL = { halfWidthM: 30, belowM: 6, steps: 120 } as const

/** A cut square to the line that is planned, at a share of its length; what lies before it is taken away. */
export interface SectionCut {
  readonly plane: Plane
  readonly look: Look
  readonly chainageM: number
}

/** The line that sections are taken along: the longest planned one, else the longest there is. Metres. */
export function sectionLine({ lines }: SceneData): readonly Vector3[] {
  const axes = (only: boolean) => lines.filter(line => !only || line.isProposal).map(line => axisOf(line.xyz))
  const planned = axes(true)
  return (planned.length > 0 ? planned : axes(false)).reduce<readonly Vector3[]>((best, axis) => (lengthOf(axis) > lengthOf(best) ? axis : best), [])
}

export function sectionAt(axis: readonly Vector3[], share: number): SectionCut | null {
  const total = lengthOf(axis)
  if (total === 0) return null
  let left = Math.min(1, Math.max(0, share)) * total
  const chainageM = left
  for (let i = 1; i < axis.length; i++) {
    const [p, q] = [axis[i - 1]!, axis[i]!]
    const length = p.distanceTo(q)
    if (left > length && i + 1 < axis.length) {
      left -= length
      continue
    }
    const at = length === 0 ? p.clone() : p.clone().lerp(q, left / length)
    const along = new Vector3(q.x - p.x, q.y - p.y, 0)
    if (along.lengthSq() < 1e-9) along.set(0, 1, 0)
    along.normalize()
    return {
      chainageM, plane: new Plane().setFromNormalAndCoplanarPoint(along, at),
      look: { at, from: at.clone().addScaledVector(along, -STAND.back).add(new Vector3(0, 0, STAND.up)) },
    }
  }
  return null
}

/** The soil in the plane of a cut: a thin wall under the ground line. Null where no ground is known. */
export function soilWall({ ground }: SceneData, { plane, look: { at } }: SectionCut): Object3D | null {
  if (!ground) return null
  const aside = new Vector3(plane.normal.y, -plane.normal.x, 0)
  const points: number[] = []
  const faces: number[] = []
  const rim: Vector3[] = []
  for (let i = 0; i <= WALL.steps; i++) {
    // A finger's breadth beyond the plane, or the cut would take the wall too.
    const foot = at.clone().addScaledVector(aside, (2 * i / WALL.steps - 1) * WALL.halfWidthM).addScaledVector(plane.normal, 0.01)
    const level = groundLevel(ground, foot.x, foot.y)
    if (level === null) continue
    rim.push(new Vector3(foot.x, foot.y, level))
    points.push(foot.x, foot.y, level, foot.x, foot.y, Math.min(level, at.z) - WALL.belowM)
    const n = points.length / 3
    if (n >= 4) faces.push(n - 4, n - 3, n - 2, n - 2, n - 3, n - 1)
  }
  if (rim.length < 2) return null
  const geometry = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(points, 3)).setIndex(faces)
  const wall = new Mesh(geometry, new MeshBasicMaterial({ color: '#8a7557', transparent: true, opacity: 0.16, side: DoubleSide, depthWrite: false }))
  return new Group().add(wall, new Line(new BufferGeometry().setFromPoints(rim), new LineBasicMaterial({ color: '#5c4a2f' })))
}

/** Between the points of the grid; null where one of the four is unknown. Metres about the centre. */
function groundLevel({ cols, rows, x0, y0, stepM, z }: NonNullable<SceneData['ground']>, x: number, y: number): number | null {
  const [u, v] = [(x - x0 / 100) / stepM, (y - y0 / 100) / stepM]
  const [c, r] = [Math.floor(u), Math.floor(v)]
  if (c < 0 || r < 0 || c + 1 >= cols || r + 1 >= rows) return null
  const corner = (dc: number, dr: number) => z[(r + dr) * cols + c + dc] ?? null
  const [p, q, s, t] = [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)]
  if (p === null || q === null || s === null || t === null) return null
  const [fx, fy] = [u - c, v - r]
  return ((p * (1 - fx) + q * fx) * (1 - fy) + (s * (1 - fx) + t * fx) * fy) / 100
}

const axisOf = (xyz: readonly number[]): Vector3[] => Array.from({ length: xyz.length / 3 }, (_, i) => new Vector3(xyz[3 * i]! / 100, xyz[3 * i + 1]! / 100, xyz[3 * i + 2]! / 100))
const lengthOf = (axis: readonly Vector3[]): number => axis.reduce((sum, point, i) => (i === 0 ? 0 : sum + point.distanceTo(axis[i - 1]!)), 0)
