import { describe, expect, it } from 'vitest'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { fixScheme, type FixOutcome } from '#shared/routing/fix/fix-scheme.ts'
import { createTrial } from '#shared/routing/fix/trial.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'
import { oraclePairs } from '#tests/oracle/oracle.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf } from '../clearance/oracle-network.ts'
import { oracleFeatures, proposalOf, randomStreet } from './random-street.ts'

const STREETS = Number(process.env['UNDERPLAN_STREETS'] ?? 60)

const fix = (existing: readonly AssetRecord[], proposal: Proposal, pack: RulePack, finding: string | null = null): FixOutcome =>
  fixScheme({ baseline: buildAssetColumns(existing, [0, 0, 0]), proposals: [proposal], pack, ground: null, surfaceFeatures: [], finding })

/** Least move of the whole line, tried every 0.1 m within 3 m: what a smallest fix may not be beaten by. */
function leastRigidMove(existing: readonly AssetRecord[], proposal: Proposal, pack: RulePack, below: number): number {
  const trial = createTrial(prepareClearance({ assets: buildAssetColumns(existing, [0, 0, 0]), pack, ground: null, surfaceFeatures: [] }), proposal)
  const moves = Array.from({ length: 61 * 61 }, (_, i) => [(i % 61) / 10 - 3, Math.floor(i / 61) / 10 - 3] as const)
    .filter(([dy, dz]) => Math.hypot(dy, dz) < below).sort((m, n) => Math.hypot(...m) - Math.hypot(...n))
  const first = moves.find(([dy, dz]) => trial.shortRows(proposal.axis.map(([x, y, z]) => [x, y + dy, z + dz] as const)).length === 0)
  return first ? Math.hypot(...first) : Infinity
}

describe('the smallest fix', () => {
  for (const semantics of ['crossing-alongside', 'either', 'distance'] as const) {
    it(`${semantics}: leaves nothing the oracle finds, misses no way out, and is beaten by no move of the whole line (streets 1 … ${STREETS})`, () => {
      const oraclePack = testPack(semantics)
      const pack = packOf(oraclePack)
      let conflicts = 0
      for (let seed = 1; seed <= STREETS; seed++) {
        const { existing, proposed } = randomStreet(seed, 1 + (seed % 5))
        const proposal = proposalOf(proposed)
        const { fixes, unresolved } = fix(existing, proposal, pack)
        if (fixes.length === 0 && unresolved.length === 0) continue
        conflicts++
        const isSolved = unresolved.length === 0
        const axis = fixes.at(-1)?.after.axis ?? proposal.axis
        const rows = oraclePairs(oracleFeatures([...existing, { ...proposed, axis }]), oraclePack).filter(({ a, b }) => a === 'P' || b === 'P')
        if (isSolved) expect(rows, `seed ${seed}`).toEqual([])
        else expect(rows.length, `seed ${seed}`).toBeGreaterThan(0)
        for (const { kind, displacementM: all, asideM, upM } of fixes) {
          expect(Math.hypot(asideM, upM)).toBeCloseTo(all, 9)
          expect([asideM > 0, upM !== 0]).toEqual([kind !== 'raise' && kind !== 'dip', kind !== 'shift'])
        }
        const displacementM = isSolved ? Math.max(...fixes.map(one => one.displacementM)) : Infinity
        const rigid = leastRigidMove(existing, proposal, pack, displacementM)
        expect(rigid === Infinity || displacementM <= rigid * 1.01, `seed ${seed}: ${displacementM} beaten by ${rigid}`).toBe(true)
      }
      expect(conflicts).toBeGreaterThan(15)
    }, 3_600_000)
  }

  const water = (axis: readonly Vec3[]): AssetRecord => anAsset({ id: 'W', kind: 'water', axis })
  const gas = (axis: readonly Vec3[]): Proposal => proposalOf(anAsset({ id: 'P', kind: 'gas', section: { shape: 'circle', diameterM: 0.2 }, axis }))
  const pack = packOf(testPack('crossing-alongside'))

  it('raises a crossing line by what is missing above the other', () => {
    // Gap in level 2 − 1.7 − 0.15 − 0.1 = 0.05; the pack asks 0.15.
    const { fixes, unresolved } = fix([water([[0, -10, -2], [0, 10, -2]])], gas([[-10, 0, -1.7], [10, 0, -1.7]]), pack)
    expect(unresolved).toEqual([])
    expect(fixes.map(({ kind }) => kind)).toEqual(['raise'])
    expect(fixes[0]!.displacementM).toBeCloseTo(0.1, 3)
    expect([fixes[0]!.asideM, fixes[0]!.upM]).toEqual([0, expect.closeTo(0.1, 3)])
  })

  it('goes past the other where that is nearer than away from it', () => {
    // 0.05 below the middle: up 0.45 to clear above, down 0.35 to clear below.
    const { fixes } = fix([water([[0, -10, -2], [0, 10, -2]])], gas([[-10, 0, -2.05], [10, 0, -2.05]]), pack)
    expect(fixes.map(({ kind }) => kind)).toEqual(['dip'])
    expect(fixes[0]!.displacementM).toBeCloseTo(0.35, 3)
    expect([fixes[0]!.asideM, fixes[0]!.upM]).toEqual([0, expect.closeTo(-0.35, 3)])
  })

  it('shifts a line that runs too near along another', () => {
    // Gap in plan 0.6 − 0.15 − 0.1 = 0.35; the pack asks 0.5.
    const { fixes } = fix([water([[-10, 0, -2], [10, 0, -2]])], gas([[-10, 0.6, -2], [10, 0.6, -2]]), pack)
    expect(fixes.map(({ kind }) => kind)).toEqual(['shift'])
    expect(fixes[0]!.displacementM).toBeCloseTo(0.15, 3)
    expect([fixes[0]!.asideM, fixes[0]!.upM]).toEqual([expect.closeTo(0.15, 3), 0])
  })

  it('of two conflicts with one line solves the one that is named, and leaves the other as it was', () => {
    const zigzag = water([[-20, -15, -2], [0, 15, -2], [20, -15, -2]])
    const line = gas([[-20, 0, -1.7], [20, 0, -1.7]])
    const all = fix([zigzag], line, pack)
    expect(all.unresolved).toEqual([])
    const [first, second] = [...all.fixes.flatMap(({ findings }) => findings)].sort()
    expect(second).toBeDefined()
    const one = fix([zigzag], line, pack, first)
    expect(one.fixes.flatMap(({ findings }) => findings)).toEqual([first])
    expect(one.unresolved).toEqual([])
    expect(one.fixes.at(-1)!.after.axis.filter(([, , z]) => z > -1.69).every(([x]) => x < 0) || one.fixes.at(-1)!.after.axis.filter(([, , z]) => z > -1.69).every(([x]) => x > 0)).toBe(true)
  })

  it('says what closes each way where nothing within the bounds is clear', () => {
    const wall = Array.from({ length: 13 }, (_, i) => anAsset({ id: `W${i}`, kind: 'water', section: { shape: 'rectangle', widthM: 16, heightM: 0.9 }, axis: [[0, -20, 4 - i], [0, 20, 4 - i]] }))
    const { fixes, unresolved } = fix(wall, gas([[-1, 0, -2], [1, 0, -2]]), pack)
    expect(fixes).toEqual([])
    expect(unresolved.length).toBeGreaterThan(0)
    expect(unresolved.every(({ ways }) => ways.length > 0)).toBe(true)
  })

  it(`keeps the radius a line can be laid with, and is clean by the oracle (streets 1 … ${STREETS})`, () => {
    const radiusM = 4
    let moved = 0
    for (let seed = 1; seed <= STREETS; seed++) {
      const { existing, proposed } = randomStreet(seed, 1 + (seed % 4))
      const axis = [proposed.axis[0]!, proposed.axis.at(-1)!]
      const { fixes, unresolved } = fix(existing, { ...proposalOf(proposed), axis, bendRadiusM: radiusM }, pack)
      if (fixes.length === 0) continue
      moved++
      const after = fixes.at(-1)!.after.axis
      expect(sharpestBend(after), `seed ${seed}`).toBeGreaterThan(radiusM - 1e-6)
      if (unresolved.length === 0) expect(oraclePairs(oracleFeatures([...existing, { ...proposed, axis: after }]), testPack('crossing-alongside')).filter(({ a, b }) => a === 'P' || b === 'P'), `seed ${seed}`).toEqual([])
    }
    expect(moved).toBeGreaterThan(STREETS / 8)
  }, 3_600_000)
})

/** Least radius of the largest arcs that fit a line's corners, tangents of half a leg, the whole of one at an end. */
function sharpestBend(axis: readonly Vec3[]): number {
  const leg = (i: number): number[] => [0, 1, 2].map(k => axis[i]![k]! - axis[i - 1]![k]!)
  let least = Infinity
  for (let i = 1; i < axis.length - 1; i++) {
    const [u, v] = [leg(i), leg(i + 1)]
    const [a, b] = [Math.hypot(...u), Math.hypot(...v)]
    const turn = Math.acos(Math.min(1, (u[0]! * v[0]! + u[1]! * v[1]! + u[2]! * v[2]!) / (a * b)))
    const tangent = Math.min(i === 1 ? a : a / 2, i === axis.length - 2 ? b : b / 2)
    least = Math.min(least, tangent / Math.tan(turn / 2))
  }
  return least
}
