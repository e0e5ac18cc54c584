/**
 * A ground surface as a source gives it: plan coordinates in its own system, easting (or longitude) first; levels in metres.
 * Turned into the project's frame by `placeGround`.
 */
export interface SourceGround {
  readonly name: string
  /** `EPSG:…`; null where the file does not say. */
  readonly crs: string | null
  readonly surface: SourceGrid | SourceTin
}

export interface SourceGrid {
  readonly type: 'grid'
  readonly cols: number
  readonly rows: number
  /** Centre of the first cell (lowest x, lowest y) and the distance of centres, in the system's unit. */
  readonly x0: number
  readonly y0: number
  readonly stepX: number
  readonly stepY: number
  /** Row by row from the lowest y; NaN where nothing is known. */
  readonly z: Float64Array
}

export interface SourceTin {
  readonly type: 'tin'
  /** [x, y, z, …] */
  readonly xyz: Float64Array
  readonly faces: Uint32Array
}

/** Corners [x, y] of a surface's extent; empty for a surface without points. */
export function groundCorners({ surface }: SourceGround): readonly (readonly [number, number])[] {
  if (surface.type === 'grid') {
    const [x1, y1] = [surface.x0 + surface.stepX * (surface.cols - 1), surface.y0 + surface.stepY * (surface.rows - 1)]
    return [[surface.x0, surface.y0], [x1, surface.y0], [x1, y1], [surface.x0, y1]]
  }
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < surface.xyz.length; i += 3) {
    minX = Math.min(minX, surface.xyz[i]!)
    maxX = Math.max(maxX, surface.xyz[i]!)
    minY = Math.min(minY, surface.xyz[i + 1]!)
    maxY = Math.max(maxY, surface.xyz[i + 1]!)
  }
  return minX <= maxX ? [[minX, minY], [maxX, minY], [maxX, maxY], [minX, maxY]] : []
}
