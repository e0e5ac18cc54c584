import { describe, expect, it } from 'vitest'
import { ownBendFindings } from '#shared/clearance/line-rules/own-bends.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'

const found = (axis: readonly Vec3[], bendRadiusM?: number) => ownBendFindings([aProposal('P', { axis, ...(bendRadiusM !== undefined && { bendRadiusM }) }) as Proposal])

describe('bends of a proposal against the radius it says', () => {
  it('a right angle between legs of 10 m takes an arc of 10 m at its end legs, and is short of 12 by 2', () => {
    const [finding, ...rest] = found([[0, 0, 0], [10, 0, 0], [10, 10, 0]], 12)
    expect(rest).toEqual([])
    expect(finding).toMatchObject({ rule: 'bend_radius', a: ['P'], b: [], required: 12, mandatory: true, verdict: 'certain' })
    expect(finding!.found).toBeCloseTo(10, 9)
    expect(finding!.shortfall).toBeCloseTo(2, 9)
    expect(finding!.stretch.fromChainageM).toBe(10)
    expect(found([[0, 0, 0], [10, 0, 0], [10, 10, 0]], 10)).toEqual([])
  })

  it('an inner leg is shared by the bends at both its ends', () => {
    const findings = found([[0, 0, 0], [30, 0, 0], [30, 8, 0], [60, 8, 0]], 5)
    expect(findings.map(({ found: radius }) => radius.toFixed(6))).toEqual(['4.000000', '4.000000'])
  })

  it('chords of a circle have its radius, and vertices on a straight line are no bends', () => {
    const arc = Array.from({ length: 10 }, (_, k): Vec3 => [20 * Math.sin(k / 20), 20 - 20 * Math.cos(k / 20), 0])
    const inner = found(arc, 21).filter(({ stretch }) => stretch.fromChainageM > 1.5 && stretch.fromChainageM < 7.5)
    expect(inner.length).toBeGreaterThan(4)
    for (const { found: radius } of inner) expect(radius).toBeCloseTo(20, 1)
    expect(found([[0, 0, 0], [1, 0, 0], [2, 0, 0], [9, 0, 0]], 100)).toEqual([])
  })

  it('asks nothing where no radius is said', () => {
    expect(found([[0, 0, 0], [1, 0, 0], [1, 1, 0]])).toEqual([])
  })
})
