import type { MeshArrays } from '#renderer/scene/geometry/mesh-buffer.ts'

/** Independent measures of a mesh: from its triangles alone. */

const corner = (mesh: MeshArrays, v: number): [number, number, number] => [mesh.positions[3 * v]!, mesh.positions[3 * v + 1]!, mesh.positions[3 * v + 2]!]

/** Signed volume by the divergence theorem: that of the solid where every face is seen counter-clockwise from outside. */
export function signedVolume(mesh: MeshArrays): number {
  let volume = 0
  for (let t = 0; t < mesh.indices.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map(k => corner(mesh, mesh.indices[t + k]!)) as [[number, number, number], [number, number, number], [number, number, number]]
    volume += (a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])) / 6
  }
  return volume
}

/** Edges (by place, not by index) that do not have exactly one triangle on either side: gaps, in a closed solid. */
export function openEdges(mesh: MeshArrays): number {
  const balance = new Map<string, number>()
  const key = (v: number) => corner(mesh, v).map(x => Math.round(x * 1e4)).join(',')
  for (let t = 0; t < mesh.indices.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const [from, to] = [key(mesh.indices[t + k]!), key(mesh.indices[t + ((k + 1) % 3)]!)]
      if (from === to) continue
      const [name, sign] = from < to ? [`${from}|${to}`, 1] : [`${to}|${from}`, -1]
      balance.set(name, (balance.get(name) ?? 0) + sign)
    }
  }
  return [...balance.values()].filter(sum => sum !== 0).length
}

export function boundsOf(mesh: MeshArrays): { readonly min: number[]; readonly max: number[] } {
  const min = [Infinity, Infinity, Infinity]
  const max = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < mesh.positions.length; i++) {
    min[i % 3] = Math.min(min[i % 3]!, mesh.positions[i]!)
    max[i % 3] = Math.max(max[i % 3]!, mesh.positions[i]!)
  }
  return { min, max }
}
