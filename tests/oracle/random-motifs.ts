/** The awkward spots of the random networks: a few lines each, around the origin of the pen. */
import type { Awkwardness, Pen } from './pen.ts'

type Motif = (pen: Pen) => void

/** A level between 3 m and 0.5 m below zero, on the grid. */
const level = (pen: Pen): number => pen.grid(-3, -0.5)
const near = (pen: Pen, z: number): number => z + pen.grid(-1, 1)

/** A straight line through (x, y) at an angle. */
function through(pen: Pen, x: number, y: number, angleDeg: number, z: number, slope = pen.range(-0.05, 0.05)): number[][] {
  const c = Math.cos((angleDeg * Math.PI) / 180)
  const s = Math.sin((angleDeg * Math.PI) / 180)
  const back = pen.range(2, 6)
  const ahead = pen.range(2, 6)
  return [[x - c * back, y - s * back, z - slope * back], [x + c * ahead, y + s * ahead, z + slope * ahead]]
}

function rectangle(pen: Pen): Record<string, unknown> & { kind: string } {
  return { kind: pen.pick(['power', 'telecom', 'sewer_storm', 'tunnel']), owner: 'east', laying: 'duct', widthM: pen.pick([0.4, 1, 2]), heightM: pen.pick([0.3, 0.8]) }
}

export const MOTIFS: Record<Awkwardness, Motif> = {
  crossing: (pen) => {
    const z = level(pen)
    const angle = pen.range(0, 180)
    pen.line(through(pen, 0, 0, angle, z))
    pen.line(through(pen, pen.range(-0.5, 0.5), 0, angle + pen.range(35, 145), near(pen, z)))
  },
  angle30: (pen) => {
    const z = level(pen)
    pen.line([[-5, 0, z], [5, 0, z]])
    pen.line(through(pen, 0, 0, pen.pick([30, 150, -30, 29.9, 30.1]), near(pen, z)))
  },
  grazing: (pen) => {
    const z = level(pen)
    pen.line([[-6, 0, z], [6, 0, z + 0.25]])
    pen.line([[-6, pen.range(-0.4, 0), near(pen, z)], [6, pen.range(0.01, 0.6), near(pen, z)]])
  },
  nearParallel: (pen) => {
    const z = level(pen)
    pen.line([[-5, 0, z], [5, 0, z]])
    pen.line([[-4, pen.range(0.2, 1), near(pen, z)], [5, pen.range(0.2, 1), near(pen, z)]])
  },
  riser: (pen) => {
    const z = level(pen)
    const main = pen.properties()
    const top = z + pen.grid(1, 3)
    pen.line([[-4, 0, z], [4, 0, z]], main)
    const way = pen.random()
    if (way < 0.4) pen.line([[0, 0, z], [0, 0, top], [pen.grid(-3, 3), 3, top]], pen.random() < 0.5 ? main : pen.properties())
    else if (way < 0.7) pen.line([[0, 0, z], [0, 0, top]], pen.random() < 0.5 ? main : pen.properties())
    else pen.line([[0.25, 0.25, z - 1], [0.25, 0.25, top], [2, 2, top]])
    pen.line(through(pen, pen.range(-0.6, 0.6), 0, pen.range(0, 180), (z + top) / 2))
  },
  tee: (pen) => {
    const z = level(pen)
    const main = pen.properties()
    pen.line([[-5, 0, z], [0, 0, z], [5, pen.pick([0, 0, 2]), z]], main)
    pen.line([[pen.pick([-1, 0]), 0, z], [pen.grid(-3, 3), pen.pick([-3, 3, 4]), z + pen.pick([0, 0.5])]], pen.random() < 0.6 ? main : pen.properties())
  },
  chain: (pen) => {
    const properties = pen.properties()
    let point = [-5, pen.grid(-2, 2), level(pen)]
    for (let i = 0; i < 3; i += 1) {
      const [x = 0, y = 0, z = 0] = point
      const next = [x + pen.grid(1, 4), y + pen.grid(-3, 3), z + pen.grid(-0.25, 0.25)]
      const parts = [point, next]
      pen.line(pen.random() < 0.3 ? parts.reverse() : parts, pen.random() < 0.85 ? properties : { ...properties, diameterM: 0.15 })
      point = next
    }
    pen.line(through(pen, pen.range(-3, 3), 0, pen.range(60, 120), level(pen)))
  },
  vertexCrossing: (pen) => {
    const z = level(pen)
    pen.line([[-4, 0, z], [4, 0, z]])
    pen.line([[pen.grid(-3, 3), -3, near(pen, z)], [0, 0, near(pen, z)], [pen.grid(-3, 3), pen.pick([3, 3, -3]), near(pen, z)]])
  },
  nodeCrossing: (pen) => {
    const z = level(pen)
    const properties = pen.properties()
    const upper = near(pen, z) + 0.5
    pen.line([[-4, 0, z], [4, 0, z]])
    pen.line([[pen.grid(-3, 3), -3, upper], [0, 0, upper]], properties)
    pen.line([[0, 0, upper], [pen.grid(-3, 3), 3, upper]], pen.random() < 0.7 ? properties : pen.properties())
    if (pen.random() < 0.4) pen.line([[0, 0, upper], [3, pen.grid(-2, 2), upper]], properties)
  },
  endCrossing: (pen) => {
    const z = level(pen)
    pen.line([[-4, 0, z], [4, 0, z]])
    pen.line([[pen.grid(-2, 2), 0, z + pen.pick([-0.5, 0.25, 0.75])], [pen.grid(-3, 3), 3, near(pen, z)]])
  },
  overlap: (pen) => {
    const z = level(pen)
    pen.line([[-5, 0, z], [5, 0, z]])
    const dz = pen.pick([-0.75, 0.5, 1])
    pen.line([[-3, pen.pick([0, 1]), z + dz], [-2, 0, z + dz], [2, 0, z + dz], [3, pen.pick([0, 1]), z + dz]])
  },
  overlapPass: (pen) => {
    const z = level(pen)
    const dz = pen.pick([-0.75, 0.5])
    pen.line([[-5, 0, z], [5, 0, z]])
    pen.line([[-4, -3, z + dz], [-1, 0, z + dz], [1, 0, z + dz], [4, pen.pick([3, -3]), z + dz]])
  },
  stacked: (pen) => {
    const z = level(pen)
    pen.line([[-4, 0, z], [4, 0, z]])
    pen.line([[-4, pen.range(-0.15, 0.15), z + pen.range(0.2, 1)], [4, pen.range(-0.15, 0.15), z + pen.range(0.2, 1)]])
  },
  rectangle: (pen) => {
    const z = level(pen)
    const angle = pen.range(0, 180)
    pen.line(through(pen, 0, 0, angle, z), rectangle(pen))
    pen.line(through(pen, 0, pen.range(-0.5, 0.5), angle + pen.range(-90, 90), near(pen, z)), pen.random() < 0.3 ? rectangle(pen) : pen.properties())
  },
  touching: (pen) => {
    const z = level(pen)
    const gap = pen.pick([0, 0.0005, -0.0005, 0.01, -0.01])
    pen.line([[-4, 0, z], [4, 0, z]], { kind: pen.pick(['water', 'gas']), owner: 'east', diameterM: 0.3 })
    pen.line([[pen.pick([-4, 0]), -3, z + 0.25 + gap], [pen.pick([4, 0]), 3, z + 0.25 + gap]], { kind: 'telecom', owner: 'west', diameterM: 0.2 })
  },
  bend: (pen) => {
    const z = level(pen)
    pen.line([[-4, 0, z], [0, 0, z], [-3, pen.range(0.6, 2), near(pen, z)], [2, 2, z]])
    pen.line(through(pen, 0, 0.5, pen.range(0, 180), near(pen, z)))
  },
  snapJitter: (pen) => {
    const z = level(pen)
    const properties = pen.properties()
    const slip = (): number => pen.range(-0.002, 0.002)
    pen.line([[-4, 0, z], [slip(), slip(), z + slip()]], properties)
    pen.line([[slip(), slip(), z + slip()], [4, pen.grid(-2, 2), z]], properties)
    if (pen.random() < 0.6) pen.line([[slip(), slip(), z + slip()], [pen.grid(-2, 2), 3, z]], pen.random() < 0.5 ? properties : pen.properties())
    if (pen.random() < 0.5) pen.line([[-2 + slip(), slip(), z + slip()], [-2, -3, z - 0.5]], properties)
  },
  wander: (pen) => {
    const line: number[][] = [[pen.range(-4, 4), pen.range(-4, 4), level(pen)]]
    for (let i = 0; i < 3; i += 1) line.push([pen.range(-6, 6), pen.range(-6, 6), level(pen)])
    pen.line(line)
  },
}
