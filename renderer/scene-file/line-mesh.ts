import { BufferGeometry, Float32BufferAttribute, Vector3 } from 'three'
import type { SceneData } from '#shared/report/scene-data.ts'

export type SceneLine = SceneData['lines'][number]

/** Lines as one geometry, with the face each of them ends before, so that a face tells its line. */
export interface LineMesh {
  readonly geometry: BufferGeometry
  readonly lines: readonly SceneLine[]
  readonly faceEnd: readonly number[]
}

const SIDES = 10
/** At a bend the section is cut by the bisecting plane; no further than this, or a hairpin would run away. */
const MOST_MITRE = 2

/**
 * Tubes and boxes along axes, joints closed by mitres. Null where there is nothing to draw.
 * @param growM Added to every half-size: an outline is the same lines a little fatter.
 */
export function lineMesh(lines: readonly SceneLine[], growM = 0): LineMesh | null {
  const at: number[] = []
  const normals: number[] = []
  const spread: number[] = []
  const faces: number[] = []
  const faceEnd: number[] = []
  for (const line of lines) {
    addLine(line, growM, { at, normals, spread, faces })
    faceEnd.push(faces.length / 3)
  }
  if (faces.length === 0) return null
  const geometry = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(at, 3)).setAttribute('normal', new Float32BufferAttribute(normals, 3)).setAttribute('spread', new Float32BufferAttribute(spread, 3)).setIndex(faces)
  return { geometry, lines, faceEnd }
}

/** The line a face belongs to. */
export const lineOfFace = ({ lines, faceEnd }: LineMesh, face: number): SceneLine | null => lines[faceEnd.findIndex(end => face < end)] ?? null

/** Arrays being filled. `spread`: where a vertex goes when lines are widened to be seen: a box's edges stay closed. */
interface Filling {
  readonly at: number[]
  readonly normals: number[]
  readonly spread: number[]
  readonly faces: number[]
}

function addLine({ xyz, w, h, isBox }: SceneLine, growM: number, { at, normals, spread, faces }: Filling): void {
  const points = distinctPoints(xyz)
  if (points.length < 2) return
  const [halfW, halfH] = [w / 100 + growM, (isBox ? h : w) / 100 + growM]
  const corners = isBox ? BOX : ROUND
  const start = at.length / 3
  points.forEach((point, i) => {
    const { across, up } = frameAt(points, i, isBox)
    for (const { c, s, nc, ns } of corners) {
      at.push(point.x + across.x * c * halfW + up.x * s * halfH, point.y + across.y * c * halfW + up.y * s * halfH, point.z + across.z * c * halfW + up.z * s * halfH)
      const normal = across.clone().multiplyScalar(nc).addScaledVector(up, ns).normalize()
      normals.push(normal.x, normal.y, normal.z)
      spread.push(across.x * c + up.x * s, across.y * c + up.y * s, across.z * c + up.z * s)
    }
  })
  const count = corners.length
  for (let ring = 0; ring + 1 < points.length; ring++) {
    for (let k = 0; k < count; k += isBox ? 2 : 1) {
      // A box's corners come twice, once for either face that meets there.
      const [p, q] = [start + ring * count + k, start + ring * count + ((k + 1) % count)]
      faces.push(p, p + count, q, q, p + count, q + count)
    }
  }
}

interface Corner {
  readonly c: number
  readonly s: number
  readonly nc: number
  readonly ns: number
}

const ROUND: readonly Corner[] = Array.from({ length: SIDES }, (_, k) => {
  const [c, s] = [Math.cos((2 * Math.PI * k) / SIDES), Math.sin((2 * Math.PI * k) / SIDES)]
  return { c, s, nc: c, ns: s }
})
/** Right, top, left, bottom: each face's two corners with its own normal. */
const BOX: readonly Corner[] = [
  { c: 1, s: -1, nc: 1, ns: 0 }, { c: 1, s: 1, nc: 1, ns: 0 }, { c: 1, s: 1, nc: 0, ns: 1 }, { c: -1, s: 1, nc: 0, ns: 1 },
  { c: -1, s: 1, nc: -1, ns: 0 }, { c: -1, s: -1, nc: -1, ns: 0 }, { c: -1, s: -1, nc: 0, ns: -1 }, { c: 1, s: -1, nc: 0, ns: -1 },
]

/** Right and up at a vertex, on the plane that bisects the bend there, stretched by the mitre. */
function frameAt(points: readonly Vector3[], i: number, isBox: boolean): { readonly across: Vector3; readonly up: Vector3 } {
  const before = i > 0 ? points[i]!.clone().sub(points[i - 1]!).normalize() : null
  const after = i + 1 < points.length ? points[i + 1]!.clone().sub(points[i]!).normalize() : null
  const along = (before ?? after!).clone().add(after ?? before!)
  if (along.lengthSq() < 1e-6) along.copy(before ?? after!)
  along.normalize()
  const across = new Vector3(along.y, -along.x, 0)
  if (across.lengthSq() < 1e-9) across.set(1, 0, 0)
  across.normalize()
  const up = isBox && Math.abs(along.z) < 0.999 ? new Vector3(0, 0, 1) : across.clone().cross(along).normalize()
  const reference = before ?? after!
  const turn = Math.hypot(reference.x, reference.y) < 1e-9 ? 1 : (along.x * reference.x + along.y * reference.y) / (Math.hypot(along.x, along.y) * Math.hypot(reference.x, reference.y) || 1)
  return { across: across.multiplyScalar(Math.min(MOST_MITRE, 1 / Math.max(0.1, turn))), up }
}

function distinctPoints(xyz: readonly number[]): Vector3[] {
  const points: Vector3[] = []
  for (let i = 0; i + 2 < xyz.length; i += 3) {
    const point = new Vector3(xyz[i]! / 100, xyz[i + 1]! / 100, xyz[i + 2]! / 100)
    if (!points.at(-1) || points.at(-1)!.distanceToSquared(point) > 1e-8) points.push(point)
  }
  return points
}
