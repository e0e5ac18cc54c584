type Ring = readonly (readonly [number, number])[]

/** Corners of a round, counted around: as an octagon about the circle. */
const ROUND = 8

/**
 * Areas that together cover an area and all that is nearer to it than a distance: the area, a strip along each side, an octagon
 * at each corner.
 * @param ring Not closed. @param byM Metres, above 0.
 */
export function grownArea(ring: Ring, byM: number): readonly Ring[] {
  const reachM = byM / Math.cos(Math.PI / ROUND)
  return [
    ring,
    ...ring.flatMap(([x0, y0], i): Ring[] => {
      const [x1, y1] = ring[(i + 1) % ring.length]!
      const length = Math.hypot(x1 - x0, y1 - y0)
      if (length === 0) return []
      const [nx, ny] = [(-(y1 - y0) / length) * byM, ((x1 - x0) / length) * byM]
      return [[[x0 + nx, y0 + ny], [x1 + nx, y1 + ny], [x1 - nx, y1 - ny], [x0 - nx, y0 - ny]]]
    }),
    ...ring.map(([x, y]): Ring => Array.from({ length: ROUND }, (_, k) => [x + reachM * Math.cos((2 * Math.PI * k) / ROUND), y + reachM * Math.sin((2 * Math.PI * k) / ROUND)] as const)),
  ]
}
