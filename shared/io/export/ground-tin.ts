import type { GroundSurface } from '../../twin/ground.ts'

/** Points and triangles of a surface; a grid's cells become two triangles each, those with a hole none. */
export interface GroundTriangles {
  readonly xyz: Float64Array
  readonly faces: Uint32Array
}

export function groundTriangles(surface: GroundSurface): GroundTriangles {
  if (surface.type === 'tin') return { xyz: surface.xyz, faces: surface.faces }
  const { cols, rows, cellSizeM, x0, y0, z } = surface
  const number = new Int32Array(cols * rows).fill(-1)
  const xyz: number[] = []
  for (let i = 0; i < z.length; i++) {
    if (Number.isNaN(z[i]!)) continue
    number[i] = xyz.length / 3
    xyz.push(x0 + (i % cols) * cellSizeM, y0 + Math.floor(i / cols) * cellSizeM, z[i]!)
  }
  const faces: number[] = []
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < cols; i++) {
      const [a, b, c, d] = [number[j * cols + i]!, number[j * cols + i + 1]!, number[(j + 1) * cols + i + 1]!, number[(j + 1) * cols + i]!]
      if (a >= 0 && b >= 0 && c >= 0) faces.push(a, b, c)
      if (a >= 0 && c >= 0 && d >= 0) faces.push(a, c, d)
    }
  }
  return { xyz: Float64Array.from(xyz), faces: Uint32Array.from(faces) }
}
