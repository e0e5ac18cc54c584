import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { axisFacts } from '#renderer/state/twin/asset-facts.ts'
import type { SceneFrame } from '../scene-frame.ts'

/** A place is as busy as the kinds that meet within this cell. */
const CELL_M = 24
const MOST_CELLS = 1 << 19
/** Shorter lines are house connections: they run every way and make no crossing. */
const MAIN_M = 30

const known = new WeakMap<AssetColumns, ReturnType<typeof networkCells>>()

/** The cells of a twin, counted once: ahead of the first picture, where somebody waits for a large twin anyway. Null where there are no lines. */
export function cellsOf(columns: AssetColumns, { network, origin }: SceneFrame): ReturnType<typeof networkCells> | null {
  if (!network) return null
  let cells = known.get(columns)
  if (!cells) {
    const [width, depth] = [network.max[0] - network.min[0], network.max[1] - network.min[1]]
    const cellM = Math.max(CELL_M, Math.sqrt((width * depth) / MOST_CELLS))
    cells = networkCells(columns, { cellM, cols: Math.floor(width / cellM) + 1, rows: Math.floor(depth / cellM) + 1, minX: network.min[0] + origin[0], minY: network.min[1] + origin[1] })
    known.set(columns, cells)
  }
  return cells
}

/** Per cell: the kinds there, one bit each; sums of length, and of length times the doubled bearing's cosine and sine: how much lines run all one way. */
function networkCells(columns: AssetColumns, { cellM, cols, rows, minX, minY }: { readonly cellM: number; readonly cols: number; readonly rows: number; readonly minX: number; readonly minY: number }) {
  const { count, vertexStart, xyz, kind } = columns
  const size = cols * rows
  const cells = { cellM, cols, rows, minX, minY, kinds: new Uint32Array(size), lengthM: new Float32Array(size), cosine: new Float32Array(size), sine: new Float32Array(size), z: new Float32Array(size) }
  const { lengthM } = axisFacts(columns)
  for (let asset = 0; asset < count; asset++) {
    if (lengthM[asset]! < MAIN_M) continue
    for (let v = vertexStart[asset]!; v + 1 < vertexStart[asset + 1]!; v++) {
      const [x, y, dx, dy] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!]
      const whole = Math.sqrt(dx * dx + dy * dy)
      if (whole === 0) continue
      const cell = Math.floor((y + dy / 2 - minY) / cellM) * cols + Math.floor((x + dx / 2 - minX) / cellM)
      const length = Math.min(cellM, whole)
      cells.kinds[cell]! |= 1 << kind[asset]!
      cells.lengthM[cell]! += length
      // The doubled angle's cosine and sine without an angle.
      cells.cosine[cell]! += (length * (dx * dx - dy * dy)) / (whole * whole)
      cells.sine[cell]! += (length * 2 * dx * dy) / (whole * whole)
      cells.z[cell] = xyz[3 * v + 2]!
    }
  }
  return cells
}
