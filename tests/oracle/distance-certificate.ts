/**
 * Bounds on the least distance of two segments that hold whatever a kernel computed, fast enough for millions of pairs.
 * Above: the distance at any pair of points. Below, for any unit vector n: |v(s, t)| ≥ n · v(s, t), which is affine, so
 * that its least over the unit square is at a corner. With n along the common perpendicular both meet in the distance.
 * Differences of nearby coordinates are exact in doubles; what else is rounded is some 1e-13 m for a kilometre.
 *
 * @param g Two segments as the kernels take them. @param s, t A pair of points, shares of the segments.
 * @param dimensions 2 in plan, 3 in space.
 */
export function distanceBounds(g: Float64Array, s: number, t: number, dimensions: 2 | 3): { readonly low: number; readonly high: number } {
  const isSpace = dimensions === 3 ? 1 : 0
  const [dx, dy, dz] = [g[0]! - g[6]!, g[1]! - g[7]!, isSpace * (g[2]! - g[8]!)]
  const [ux, uy, uz] = [g[3]! - g[0]!, g[4]! - g[1]!, isSpace * (g[5]! - g[2]!)]
  const [wx, wy, wz] = [g[9]! - g[6]!, g[10]! - g[7]!, isSpace * (g[11]! - g[8]!)]
  const [vx, vy, vz] = [dx + s * ux - t * wx, dy + s * uy - t * wy, dz + s * uz - t * wz]
  let low = 0
  const offer = (nx: number, ny: number, nz: number): void => {
    const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
    if (!(length > 0)) return
    const [d, u, w] = [nx * dx + ny * dy + nz * dz, nx * ux + ny * uy + nz * uz, nx * wx + ny * wy + nz * wz]
    low = Math.max(low, (d + Math.min(0, u) - Math.max(0, w)) / length)
  }
  offer(vx, vy, vz)
  // The witness is rounded: across either segment, and across both, the direction is better.
  const across = (lx: number, ly: number, lz: number): void => {
    const ll = lx * lx + ly * ly + lz * lz
    const along = ll > 0 ? (vx * lx + vy * ly + vz * lz) / ll : 0
    offer(vx - along * lx, vy - along * ly, vz - along * lz)
  }
  across(ux, uy, uz)
  across(wx, wy, wz)
  const [nx, ny, nz] = [uy * wz - uz * wy, uz * wx - ux * wz, ux * wy - uy * wx]
  const side = nx * vx + ny * vy + nz * vz < 0 ? -1 : 1
  if (isSpace === 1) offer(side * nx, side * ny, side * nz)
  return { low, high: Math.sqrt(vx * vx + vy * vy + vz * vz) }
}
