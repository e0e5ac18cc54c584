type Point = readonly [number, number]

/** Smallest convex ring around points, counterclockwise, first corner not repeated; fewer than three corners where all lie on a line. */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = []
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain[chain.length - 2]!, chain[chain.length - 1]!, point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

/** On the edge counts as inside. */
export const isInHull = (hull: readonly Point[], x: number, y: number): boolean => hull.length >= 3 && hull.every((corner, i) => turn(corner, hull[(i + 1) % hull.length]!, [x, y]) >= 0)
