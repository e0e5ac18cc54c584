/** Where the nodes of a street lattice are: its first axis runs from one end of a leg to the other, so that both are nodes. Local frame, metres. */
export interface LatticeFrame {
  readonly cols: number
  readonly rows: number
  readonly cellM: number
  readonly start: number
  readonly goal: number
  readonly direction: readonly [number, number]
  xyOf(node: number): readonly [number, number]
  /** 1 at every node within a distance of one of the points, else 0. */
  nodesNear(points: readonly (readonly [number, number, ...unknown[]])[], radiusM: number): Uint8Array
}

export interface FrameRequest {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  /** Widening to both sides of the straight line, and behind both ends. */
  readonly marginM: number
  readonly levels: number
  /** Finest cell; a coarser one is taken where the states would be too many. */
  readonly cellM: number
  /** The cell is a least length of steps: rather a longer one than one that divides the leg more evenly. */
  readonly isLeastCell?: boolean
  readonly maxStates: number
}

const CELL_SIZES = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12]
/** States per node and level: one for each of eight headings, one for none yet. */
const HEADING_STATES = 9

export const statesOf = ({ cols, rows }: Pick<LatticeFrame, 'cols' | 'rows'>, levels: number): number => cols * rows * levels * HEADING_STATES

export function latticeFrame({ from, to, marginM, levels, cellM, isLeastCell = false, maxStates }: FrameRequest): LatticeFrame {
  const distanceM = Math.hypot(to[0] - from[0], to[1] - from[1])
  const [ux, uy] = [(to[0] - from[0]) / distanceM, (to[1] - from[1]) / distanceM]
  const sizes = [...(isLeastCell ? [cellM] : []), ...CELL_SIZES.filter(size => size >= cellM)].map(size => {
    const along = Math.max(1, (isLeastCell ? Math.floor : Math.round)(distanceM / size))
    const cell = distanceM / along
    const sideways = Math.ceil(marginM / cell)
    return { along, cell, sideways, cols: along + 1 + 2 * sideways, rows: 2 * sideways + 1 }
  })
  const { along, cell, sideways, cols, rows } = sizes.find(size => statesOf(size, levels) <= maxStates) ?? sizes.at(-1)!
  const start = sideways + sideways * cols
  const xyOf = (node: number): readonly [number, number] => {
    const a = ((node % cols) - sideways) * cell
    const b = (Math.floor(node / cols) - sideways) * cell
    return [from[0] + a * ux - b * uy, from[1] + a * uy + b * ux]
  }
  return {
    cols, rows, cellM: cell, start, goal: start + along, direction: [ux, uy], xyOf,
    nodesNear(points, radiusM) {
      const near = new Uint8Array(cols * rows)
      const reach = Math.ceil(radiusM / cell)
      for (const [x, y] of points) {
        const [column, row] = [Math.round(((x - from[0]) * ux + (y - from[1]) * uy) / cell) + sideways, Math.round(((y - from[1]) * ux - (x - from[0]) * uy) / cell) + sideways]
        for (let j = Math.max(0, row - reach); j <= Math.min(rows - 1, row + reach); j++) {
          near.fill(1, j * cols + Math.max(0, column - reach), j * cols + Math.min(cols - 1, column + reach) + 1)
        }
      }
      return near
    },
  }
}
