import { BufferGeometry, DoubleSide, EdgesGeometry, ExtrudeGeometry, Float32BufferAttribute, LineBasicMaterial, LineSegments, Mesh, MeshLambertMaterial, Shape, type Object3D } from 'three'
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js'
import type { SceneData } from '#shared/report/scene-data.ts'

/** The ground as a thin skin that hides nothing below it. */
export function groundMesh({ ground }: SceneData): Object3D | null {
  if (!ground) return null
  const { cols, rows, x0, y0, stepM, z } = ground
  const at: number[] = []
  for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) at.push(x0 / 100 + c * stepM, y0 / 100 + r * stepM, (z[r * cols + c] ?? 0) / 100)
  const faces: number[] = []
  const isKnown = (...cells: number[]) => cells.every(cell => z[cell] !== null)
  for (let r = 0; r + 1 < rows; r++) for (let c = 0; c + 1 < cols; c++) {
    const [p, q, s, t] = [r * cols + c, r * cols + c + 1, (r + 1) * cols + c, (r + 1) * cols + c + 1]
    if (isKnown(p, q, s, t)) faces.push(p, q, t, p, t, s)
  }
  if (faces.length === 0) return null
  const geometry = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(at, 3)).setIndex(faces)
  geometry.computeVertexNormals()
  return new Mesh(geometry, new MeshLambertMaterial({ color: '#c9c2b2', transparent: true, opacity: 0.3, side: DoubleSide, depthWrite: false }))
}

/** Buildings as pale glass with their edges drawn, in two meshes whatever their number. */
export function buildingsMesh({ buildings }: SceneData): Object3D[] {
  const solids = buildings.map(({ ring, z, h }) => {
    const shape = new Shape()
    for (let i = 0; i < ring.length; i += 2) shape[i === 0 ? 'moveTo' : 'lineTo'](ring[i]! / 100, ring[i + 1]! / 100)
    return new ExtrudeGeometry(shape, { depth: h / 100, bevelEnabled: false }).translate(0, 0, z / 100)
  })
  if (solids.length === 0) return []
  const merged = mergeGeometries(solids)
  return [
    new Mesh(merged, new MeshLambertMaterial({ color: '#dfe4ea', transparent: true, opacity: 0.32, depthWrite: false })),
    new LineSegments(new EdgesGeometry(merged), new LineBasicMaterial({ color: '#8d98a5', transparent: true, opacity: 0.45 })),
  ]
}
