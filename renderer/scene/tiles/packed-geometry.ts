import { Box3, BufferAttribute, BufferGeometry, Sphere } from 'three'
import type { MeshArrays } from '../geometry/mesh-buffer.ts'

/** GPU geometry of a mesh's arrays; the bounds are widened a little because the shaders thicken far lines. */
export function packedGeometry(arrays: MeshArrays): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(arrays.positions, 3))
  geometry.setAttribute('aDirection', new BufferAttribute(arrays.packed, 4, true))
  geometry.setAttribute('aItem', new BufferAttribute(arrays.items, 1))
  geometry.setIndex(new BufferAttribute(arrays.indices, 1))
  const box = new Box3().setFromBufferAttribute(geometry.getAttribute('position') as BufferAttribute)
  geometry.boundingBox = box
  geometry.boundingSphere = box.isEmpty() ? new Sphere() : box.getBoundingSphere(new Sphere())
  geometry.boundingSphere.radius += 5
  return geometry
}
