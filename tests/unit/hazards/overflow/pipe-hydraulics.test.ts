import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { conveyance, fullFlowM3s, normalDepthM, wettedAt, type PipeInside } from '#shared/hazards/overflow/pipe-hydraulics.ts'

const circle = (d: number): PipeInside => ({ shape: 'circle', widthM: d, heightM: d })
const box = (w: number, h: number): PipeInside => ({ shape: 'rectangle', widthM: w, heightM: h })

describe('a pipe running full', () => {
  it.each([[0.3, 0.01, 0.013], [0.6, 0.003, 0.013], [1.5, 0.001, 0.01]])('D %f at %f passes 0.3117/n · D^(8/3) · √S', (d, slope, n) => {
    expect(fullFlowM3s(circle(d), slope, n)).toBeCloseTo((0.3117 / n) * d ** (8 / 3) * Math.sqrt(slope), 3)
  })

  it('2 × 1 m box at 1 ‰, n 0.013: A 2, P 6, by hand 2.3388 m³/s', () => {
    expect(fullFlowM3s(box(2, 1), 0.001, 0.013)).toBeCloseTo((2 / 0.013) * (2 / 6) ** (2 / 3) * Math.sqrt(0.001), 9)
    expect(fullFlowM3s(box(2, 1), 0.001, 0.013)).toBeCloseTo(2.3388, 3)
  })

  it('passes nothing where it does not fall', () => {
    expect([fullFlowM3s(circle(0.5), 0, 0.013), fullFlowM3s(circle(0.5), -0.01, 0.013)]).toEqual([0, 0])
  })
})

describe('a pipe partly full', () => {
  it('half full has half the area and passes half the flow', () => {
    expect(wettedAt(circle(1), 0.5).areaM2).toBeCloseTo(Math.PI / 8, 12)
    expect(conveyance(circle(1), 0.5, 0.013)).toBeCloseTo(conveyance(circle(1), 1, 0.013) / 2, 9)
  })

  it.each(Array.from({ length: 20 }, (_, i) => i + 1))('seed %i: the normal depth carries the flow', seed => {
    const random = seededRandom(seed)
    const inside = random.chance(0.5) ? circle(0.2 + 2 * random.next()) : box(0.3 + random.next(), 0.3 + random.next())
    const [slope, n] = [0.0005 + 0.05 * random.next(), 0.01 + 0.01 * random.next()]
    const flow = 0.9 * random.next() * fullFlowM3s(inside, slope, n)
    const depth = normalDepthM(inside, slope, n, flow)
    expect(depth).toBeLessThan(inside.heightM)
    expect(conveyance(inside, depth, n) * Math.sqrt(slope)).toBeCloseTo(flow, 7)
  })

  it('is full where the flow is more than it takes, and dry without flow', () => {
    expect([normalDepthM(circle(0.4), 0.01, 0.013, 10), normalDepthM(circle(0.4), -0.01, 0.013, 0.01), normalDepthM(circle(0.4), 0.01, 0.013, 0)]).toEqual([0.4, 0.4, 0])
  })
})
