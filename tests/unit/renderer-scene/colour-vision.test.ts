import { describe, expect, it } from 'vitest'
import kinds from '#assets/colours/kinds.json' with { type: 'json' }
import schemes from '#assets/colours/schemes.json' with { type: 'json' }
import { ASSET_KINDS } from '#shared/twin/kinds.ts'

/** Linear RGB as seen with one sort of cones missing: Machado, Oliveira and Fernandes 2009, severity 1.0. */
const VISION = {
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
} as const

const linear = (share: number) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4)
const held = (value: number) => Math.min(1, Math.max(0, value))
const cubed = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116)

/** CIE Lab (D65) of what an eye makes of a colour. */
function seen(hex: string, vision: keyof typeof VISION): [number, number, number] {
  const rgb = [1, 3, 5].map(i => linear(Number.parseInt(hex.slice(i, i + 2), 16) / 255))
  const [r, g, b] = VISION[vision].map(row => held(row[0] * rgb[0]! + row[1] * rgb[1]! + row[2] * rgb[2]!)) as [number, number, number]
  const [x, y, z] = [cubed((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505), cubed(0.2126 * r + 0.7152 * g + 0.0722 * b), cubed((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** How different the two most alike of some colours look. */
function leastDifference(colours: readonly string[], vision: keyof typeof VISION): number {
  const labs = colours.map(colour => seen(colour, vision))
  return Math.min(...labs.flatMap((p, i) => labs.slice(0, i).map(q => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]))))
}

/** Some five times what can just be told apart side by side. */
const TOLD_APART = 12
const { qualitative, status, findings, sequential } = schemes.colour_blind

describe.each(Object.keys(VISION) as (keyof typeof VISION)[])('the colour-blind-safe scheme seen with %s vision', vision => {
  it.each([
    ['kinds', ASSET_KINDS.map(kind => kinds.colour_blind[kind])], ['owners and materials', qualitative], ['status', Object.values(status)],
  ] as const)('tells all %s apart', (_, colours) => {
    expect(leastDifference(colours, vision)).toBeGreaterThan(TOLD_APART)
  })

  it('tells findings apart, which have shapes and words too, and neighbouring steps of a scale', () => {
    expect(leastDifference(Object.values(findings), vision)).toBeGreaterThan(10)
    for (let i = 1; i < sequential.length; i++) expect(leastDifference(sequential.slice(i - 1, i + 1), vision)).toBeGreaterThan(10)
  })
})

describe('the measure', () => {
  it('knows that the survey code\'s own colours do not hold: foul sewer and power are one to a protanope', () => {
    expect(leastDifference([kinds.standard.sewer_foul, kinds.standard.power], 'protan')).toBeLessThan(6)
  })

  it('has black and white 100 apart, and mid grey where Lab says', () => {
    expect(leastDifference(['#000000', '#ffffff'], 'all')).toBeCloseTo(100, 1)
    expect(seen('#777777', 'all')[0]).toBeCloseTo(50.03, 1)
  })
})
