import { seededRandom, type Random } from '#shared/core/random.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { GridSurface, GroundSurface, TinSurface } from '#shared/twin/ground.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

export type Outline = readonly (readonly [number, number])[]

/** A simple polygon around zero, mostly concave: corners at random distances in order of angle, none so sharp that its mitre runs off. */
export function randomOutline(random: Random): Outline {
  for (;;) {
    const outline = randomStar(random)
    if (outline.every((_, i) => turnAt(outline, i) < 2.4)) return outline
  }
}

function turnAt(outline: Outline, i: number): number {
  const [a, b, c] = [outline[(i + outline.length - 1) % outline.length]!, outline[i]!, outline[(i + 1) % outline.length]!]
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]]
  return Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)
}

function randomStar(random: Random): Outline {
  const count = 3 + random.int(7)
  return Array.from({ length: count }, (_, i) => {
    const angle = ((i + random.range(-0.3, 0.3)) / count) * 2 * Math.PI
    const distance = random.range(2, 9)
    return [distance * Math.cos(angle), distance * Math.sin(angle)] as const
  })
}

/** Ground about level 0 over ±60 m: flat, tilted, a wavy grid, or a TIN over the same waves. */
export function randomGround(random: Random): GroundSurface {
  const form = random.int(4)
  const [tiltX, tiltY] = form === 0 ? [0, 0] : [random.range(-0.2, 0.2), random.range(-0.2, 0.2)]
  const waves = form >= 2 ? random.range(0.1, 0.6) : 0
  const level = (x: number, y: number) => tiltX * x + tiltY * y + waves * Math.sin(x / 3 + 1) * Math.cos(y / 4)
  return form === 3 ? tinOf(random, level) : gridOf(level, 4)
}

export function gridOf(level: (x: number, y: number) => number, cellSizeM: number, halfM = 60): GridSurface {
  const count = Math.round((2 * halfM) / cellSizeM)
  const start = -halfM + cellSizeM / 2
  const z = Float64Array.from({ length: count * count }, (_, k) => level(start + (k % count) * cellSizeM, start + Math.floor(k / count) * cellSizeM))
  return { type: 'grid', name: 'ground', cols: count, rows: count, cellSizeM, x0: start, y0: start, z }
}

export function tinOf(random: Random, level: (x: number, y: number) => number, stepM = 4, halfM = 60): TinSurface {
  const count = Math.round((2 * halfM) / stepM) + 1
  const xyz: number[] = []
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < count; i++) {
      const isBorder = i === 0 || j === 0 || i === count - 1 || j === count - 1
      const shift = () => (isBorder ? 0 : random.range(-0.3, 0.3) * stepM)
      const [x, y] = [-halfM + i * stepM + shift(), -halfM + j * stepM + shift()]
      xyz.push(x, y, level(x, y))
    }
  }
  const faces: number[] = []
  for (let j = 0; j + 1 < count; j++) {
    for (let i = 0; i + 1 < count; i++) {
      const a = j * count + i
      // Either diagonal, and either sense: importers give both.
      if (random.chance(0.5)) faces.push(a, a + 1, a + count + 1, a, a + count + 1, a + count)
      else faces.push(a, a + count, a + 1, a + 1, a + count, a + count + 1)
    }
  }
  return { type: 'tin', name: 'ground', xyz: Float64Array.from(xyz), faces: Uint32Array.from(faces) }
}

/** An asset of one straight piece somewhere about the cut: level, sloping or vertical, round or rectangular. */
export function randomAsset(random: Random, id: string): AssetRecord {
  const point = (): Vec3 => [random.range(-16, 16), random.range(-16, 16), random.range(-6, 0.5)]
  const a = point()
  const form = random.int(4)
  const b: Vec3 = form === 0 ? [a[0], a[1], a[2] + random.range(0.5, 4)] : form === 1 ? [...point().slice(0, 2), a[2]] as unknown as Vec3 : point()
  const section: AssetRecord['section'] = random.chance(0.5)
    ? { shape: 'circle', diameterM: random.range(0.1, 1.2) }
    : { shape: 'rectangle', widthM: random.range(0.2, 1.5), heightM: random.range(0.2, 1.2) }
  return anAsset({ id, axis: [a, b], section })
}

export const randomFor = (seed: number): Random => seededRandom(seed * 7919 + 13)
