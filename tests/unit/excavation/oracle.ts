import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'

/**
 * Excavations by sampling, written from the definition alone: a height function for the floor, a sampler for the ground,
 * points tried densely and then ever more finely around the best. Slow, and never below the true distance.
 */
export interface OracleCut {
  readonly toe: readonly (readonly [number, number])[]
  readonly levelM: number
  readonly slopeRatio: number
  readonly ground: GroundSampler
  /** How far out from the toe anything is looked for. */
  readonly marginM: number
}

const inToe = ({ toe }: OracleCut, x: number, y: number): boolean => {
  let inside = false
  toe.forEach(([ax, ay], i) => {
    const [bx, by] = toe[(i + 1) % toe.length]!
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
  })
  return inside
}

/** Plan distance to the toe, 0 inside. */
export function toeDistance(cut: OracleCut, x: number, y: number): number {
  if (inToe(cut, x, y)) return 0
  return Math.min(...cut.toe.map(([ax, ay], i) => {
    const [bx, by] = cut.toe[(i + 1) % cut.toe.length]!
    const length = Math.hypot(bx - ax, by - ay)
    const along = Math.min(length, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return Math.hypot(ax + (along * (bx - ax)) / length - x, ay + (along * (by - ay)) / length - y)
  }))
}

/** Mitred distance to a counter-clockwise toe: strips along the edges, and between the normals of a corner the larger of both. */
export function mitredDistance(cut: OracleCut, x: number, y: number): number {
  if (inToe(cut, x, y)) return 0
  const { toe } = cut
  const normal = (i: number): readonly [number, number] => {
    const [[ax, ay], [bx, by]] = [toe[(i + toe.length) % toe.length]!, toe[(i + 1) % toe.length]!]
    const length = Math.hypot(bx - ax, by - ay)
    return [(by - ay) / length, (ax - bx) / length]
  }
  let best = Infinity
  toe.forEach(([ax, ay], i) => {
    const [bx, by] = toe[(i + 1) % toe.length]!
    const [nx, ny] = normal(i)
    const out = (x - ax) * nx + (y - ay) * ny
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    if (out >= 0 && along >= 0 && along <= 1) best = Math.min(best, out)
    const [px, py] = normal(i - 1)
    if (px * ny - py * nx <= 0) return
    // Between the two normals at this corner: turned counter-clockwise from the first, clockwise from the second.
    if (px * (y - ay) - py * (x - ax) >= 0 && (x - ax) * ny - (y - ay) * nx >= 0) best = Math.min(best, Math.max(out, (x - ax) * px + (y - ay) * py))
  })
  return best
}

export function floorAt(cut: OracleCut, x: number, y: number): number {
  const distance = mitredDistance(cut, x, y)
  if (distance === 0) return cut.levelM
  return cut.slopeRatio > 0 ? cut.levelM + distance / cut.slopeRatio : Infinity
}

/** [floor, ground] of the cut at a point, or null where there is none. */
function slot(cut: OracleCut, x: number, y: number): readonly [number, number] | null {
  const floor = floorAt(cut, x, y)
  const ground = floor === Infinity ? null : cut.ground(x, y)
  return ground !== null && floor <= ground ? [floor, ground] : null
}

export const isInCut = (cut: OracleCut, [x, y, z]: Vec3): boolean => {
  const found = slot(cut, x, y)
  return found !== null && z >= found[0] && z <= found[1]
}

export function boundsOf(cut: OracleCut): readonly [number, number, number, number] {
  const [xs, ys] = [cut.toe.map(p => p[0]), cut.toe.map(p => p[1])]
  return [Math.min(...xs) - cut.marginM, Math.min(...ys) - cut.marginM, Math.max(...xs) + cut.marginM, Math.max(...ys) + cut.marginM]
}

/** Volume and top area by midpoints of `steps` × `steps` squares. */
export function sampledVolume(cut: OracleCut, steps: number): { cutM3: number; areaM2: number } {
  const [minX, minY, maxX, maxY] = boundsOf(cut)
  const [dx, dy] = [(maxX - minX) / steps, (maxY - minY) / steps]
  let [cutM3, areaM2] = [0, 0]
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      const found = slot(cut, minX + (i + 0.5) * dx, minY + (j + 0.5) * dy)
      if (!found) continue
      cutM3 += (found[1] - found[0]) * dx * dy
      areaM2 += dx * dy
    }
  }
  return { cutM3, areaM2 }
}

type Section = AssetRecord['section']

export const axisPoint = (axis: readonly Vec3[], t: number): Vec3 => {
  const [a, b] = [axis[0]!, axis[1]!]
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])]
}

/** Distance of the outer section at p from the part of the cut over (x, y); negative for a circle that reaches over it. */
function gap(section: Section, p: Vec3, x: number, y: number, [floor, ground]: readonly [number, number]): number {
  const plan = Math.hypot(x - p[0], y - p[1])
  const level = Math.max(0, floor - p[2], p[2] - ground)
  if (section.shape === 'circle') return Math.hypot(plan, level) - section.diameterM / 2
  return Math.hypot(Math.max(0, plan - section.widthM / 2), Math.max(0, level - section.heightM / 2))
}

/** Least distance of the outer surface from the cut, for t between two values (equal: one section). */
export function sampledClearance(cut: OracleCut, section: Section, axis: readonly Vec3[], [from, to]: readonly [number, number], steps = 30): number {
  const [minX, minY, maxX, maxY] = boundsOf(cut)
  type Candidate = { value: number; x: number; y: number; t: number }
  const at = (x: number, y: number, t: number): Candidate => {
    const found = slot(cut, x, y)
    return { value: found ? gap(section, axisPoint(axis, t), x, y, found) : Infinity, x, y, t }
  }
  const starts: Candidate[] = []
  const tSteps = from === to ? 0 : steps
  for (let i = 0; i <= steps; i++) {
    for (let j = 0; j <= steps; j++) {
      const [x, y] = [minX + ((maxX - minX) * i) / steps, minY + ((maxY - minY) * j) / steps]
      if (!slot(cut, x, y)) continue
      let best: Candidate | null = null
      for (let k = 0; k <= tSteps; k++) {
        const candidate = at(x, y, tSteps === 0 ? from : from + ((to - from) * k) / tSteps)
        if (!best || candidate.value < best.value) best = candidate
      }
      if (best) starts.push(best)
    }
  }
  // The search cannot climb round a sharp corner: the rims of the cut are tried beforehand.
  for (const [x, y] of rimPoints(cut)) {
    let best: Candidate | null = null
    for (let k = 0; k <= tSteps; k++) {
      const candidate = at(x, y, tSteps === 0 ? from : from + ((to - from) * k) / tSteps)
      if (!best || candidate.value < best.value) best = candidate
    }
    if (best) starts.push(best)
  }
  starts.sort((p, q) => p.value - q.value)
  let least = Infinity
  for (const start of starts.slice(0, 4)) {
    let best = start
    let [stepX, stepY, stepT] = [(maxX - minX) / steps, (maxY - minY) / steps, tSteps === 0 ? 0 : (to - from) / tSteps]
    for (let round = 0; round < 60; round++) {
      const centre = best
      // Turned every time: along a ridge of the distance no fixed set of directions leads down.
      const [c, d] = [Math.cos(round * 2.4), Math.sin(round * 2.4)]
      for (let i = -2; i <= 2; i++) {
        for (let j = -2; j <= 2; j++) {
          for (let k = stepT > 0 ? -2 : 0; k <= (stepT > 0 ? 2 : 0); k++) {
            const t = Math.min(to, Math.max(from, centre.t + (k * stepT) / 2))
            const candidate = at(centre.x + (c * i * stepX - d * j * stepY) / 2, centre.y + (d * i * stepX + c * j * stepY) / 2, t)
            if (candidate.value < best.value) best = candidate
          }
        }
      }
      if (best === centre) [stepX, stepY, stepT] = [stepX * 0.75, stepY * 0.75, stepT * 0.75]
    }
    least = Math.min(least, best.value)
  }
  return least
}

/** Points a hair inside the toe's outline and the daylight line. */
function rimPoints(cut: OracleCut): (readonly [number, number])[] {
  const out: (readonly [number, number])[] = []
  const { toe } = cut
  const take = (x: number, y: number, dx: number, dy: number): void => {
    out.push([x - 1e-7 * dx, y - 1e-7 * dy])
    if (cut.slopeRatio === 0 || !slot(cut, x - 1e-7 * dx, y - 1e-7 * dy)) return
    let [low, high] = [0, cut.marginM]
    for (let round = 0; round < 40; round++) {
      const middle = (low + high) / 2
      if (slot(cut, x + middle * dx, y + middle * dy)) low = middle
      else high = middle
    }
    out.push([x + low * dx, y + low * dy])
  }
  toe.forEach(([ax, ay], i) => {
    const [bx, by] = toe[(i + 1) % toe.length]!
    const [px, py] = toe[(i + toe.length - 1) % toe.length]!
    const [edge, before] = [Math.hypot(bx - ax, by - ay), Math.hypot(ax - px, ay - py)]
    const [nx, ny] = [(by - ay) / edge, (ax - bx) / edge]
    const [lx, ly] = [(ay - py) / before, (px - ax) / before]
    const along = 1 + nx * lx + ny * ly
    const [mx, my] = [(nx + lx) / along, (ny + ly) / along]
    const steps = Math.ceil(edge / 0.2)
    for (let k = 0; k < steps; k++) take(ax + (k / steps) * (bx - ax), ay + (k / steps) * (by - ay), nx, ny)
    // Between the strips and the mitre.
    for (let k = 0; k < 10; k++) {
      take(ax, ay, nx + (k / 10) * (mx - nx), ny + (k / 10) * (my - ny))
      take(ax, ay, mx + (k / 10) * (lx - mx), my + (k / 10) * (ly - my))
    }
  })
  return out
}
