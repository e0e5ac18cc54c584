import { BufferGeometry, Float32BufferAttribute, Mesh, MeshLambertMaterial, Vector3 } from 'three'
import type { SceneData } from '#shared/report/scene-data.ts'

type Line = SceneData['lines'][number]
const SIDES = 8

/** All lines of one kind as one mesh: prisms along the straight pieces, round ones with eight sides. Null for none. */
export function lineMesh(lines: readonly Line[], colour: string): Mesh | null {
  const at: number[] = []
  const normals: number[] = []
  const faces: number[] = []
  for (const line of lines) for (let v = 3; v < line.xyz.length; v += 3) addPiece(line, v, at, normals, faces)
  if (faces.length === 0) return null
  const geometry = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(at, 3)).setAttribute('normal', new Float32BufferAttribute(normals, 3)).setIndex(faces)
  return new Mesh(geometry, new MeshLambertMaterial({ color: colour }))
}

function addPiece({ xyz, w, h, isBox }: Line, v: number, at: number[], normals: number[], faces: number[]): void {
  const point = (i: number) => new Vector3(xyz[i]! / 100, xyz[i + 1]! / 100, xyz[i + 2]! / 100)
  const [p, q] = [point(v - 3), point(v)]
  const along = q.clone().sub(p)
  if (along.lengthSq() < 1e-9) return
  along.normalize()
  const across = new Vector3(along.y, -along.x, 0)
  if (across.lengthSq() < 1e-9) across.set(1, 0, 0)
  across.normalize()
  const up = isBox && Math.abs(along.z) < 0.999 ? new Vector3(0, 0, 1) : across.clone().cross(along).normalize()
  const count = isBox ? 4 : SIDES
  const base = at.length / 3
  for (let k = 0; k <= count; k++) {
    const angle = (2 * Math.PI * (isBox ? k + 0.5 : k)) / count
    const [c, s] = isBox ? [Math.sign(Math.cos(angle)), Math.sign(Math.sin(angle))] : [Math.cos(angle), Math.sin(angle)]
    const offset = across.clone().multiplyScalar((c * w) / 100).add(up.clone().multiplyScalar((s * (isBox ? h : w)) / 100))
    const normal = across.clone().multiplyScalar(c).add(up.clone().multiplyScalar(s)).normalize()
    for (const end of [p, q]) {
      at.push(end.x + offset.x, end.y + offset.y, end.z + offset.z)
      normals.push(normal.x, normal.y, normal.z)
    }
    if (k === 0) continue
    const i = base + 2 * k
    faces.push(i - 2, i - 1, i, i, i - 1, i + 1)
  }
}
