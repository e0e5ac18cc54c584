import { describe, expect, it } from 'vitest'
import { HAND_CASES, HAND_PACK } from '../../oracle/hand-cases.ts'
import { buildScene, oraclePairs } from '../../oracle/oracle.ts'
import type { OraclePair } from '../../oracle/oracle.ts'
import { AWKWARDNESSES } from '../../oracle/pen.ts'
import { randomNetwork } from '../../oracle/random-network.ts'
import { samplePair } from '../../oracle/sampling.ts'
import { testPack } from '../../oracle/test-pack.ts'
import { reverseDirections, shuffleOrder, splitAssets, splitSegments, translate } from '../../oracle/transforms.ts'
import type { FeatureCollection, OraclePack } from '../../oracle/types.ts'

const SEMANTICS = ['crossing-alongside', 'either', 'distance'] as const

describe('hand-worked cases', () => {
  for (const hand of HAND_CASES) {
    it(hand.title, () => {
      const rows = oraclePairs(hand.network, hand.pack ?? HAND_PACK)
      expect(rows.map((r) => [r.a, r.b, r.rule])).toEqual(hand.rows.map((r) => [r[0], r[1], r[2]]))
      rows.forEach((row, i) => {
        expect(row.required).toBeCloseTo(hand.rows[i]?.[3] ?? NaN, 9)
        expect(row.found).toBeCloseTo(hand.rows[i]?.[4] ?? NaN, 9)
      })
    })
  }
})

describe('changes that must not change what is found', () => {
  for (const semantics of SEMANTICS) {
    for (let seed = 1; seed <= 12; seed += 1) {
      it(`${semantics}, seed ${seed}`, () => {
        const network = randomNetwork({ seed, assets: 5 + seed * 2 })
        const pack = testPack(semantics)
        const rows = oraclePairs(network, pack)
        expectSameRows(rows, oraclePairs(shuffleOrder(network, seed), pack))
        expectSameRows(rows, oraclePairs(reverseDirections(network, seed), pack))
        expectSameRows(rows, oraclePairs(splitSegments(network, seed), pack))
        expectSameRows(rows, oraclePairs(translate(network, 3.6e6, 3.6e6), pack))
      })
    }
  }
})

describe('cutting assets in two leaves what is found between two kinds or owners', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    it(`crossing-alongside, seed ${seed}`, () => {
      const awkwardnesses = AWKWARDNESSES.filter((a) => a !== 'snapJitter')
      const network = randomNetwork({ seed, assets: 5 + seed, awkwardnesses })
      const pack = testPack('crossing-alongside')
      const whole = worstByOriginal(network, oraclePairs(network, pack))
      const cut = worstByOriginal(network, oraclePairs(splitAssets(network, seed), pack))
      expect([...cut.keys()].sort()).toEqual([...whole.keys()].sort())
      for (const [key, shortfall] of whole) expect(Math.abs(shortfall - (cut.get(key) ?? NaN)), key).toBeLessThan(2e-6)
    })
  }
})

describe('no sampled pair of points falls shorter than the row', () => {
  for (const semantics of SEMANTICS) {
    for (let seed = 1001; seed <= 1008; seed += 1) {
      it(`${semantics}, seed ${seed}`, () => checkAgainstSamples(randomNetwork({ seed, assets: 7, sizeM: 6 }), testPack(semantics)))
    }
  }
})

/** Greatest shortfall by original assets and rule; touching and equal kind and owner left out (cutting makes joints). */
function worstByOriginal(network: FeatureCollection, rows: readonly OraclePair[]): Map<string, number> {
  const group = new Map(network.features.map((f) => [f.properties.id, `${f.properties.kind} ${f.properties.owner}`]))
  const worst = new Map<string, number>()
  for (const r of rows) {
    const [a = '', b = ''] = [r.a, r.b].map((id) => id.split('.')[0] ?? '').sort()
    if (r.rule === 'touching' || group.get(a) === group.get(b)) continue
    const key = `${a} ${b} ${r.rule}`
    worst.set(key, Math.max(worst.get(key) ?? 0, r.required - r.found))
  }
  return worst
}

function expectSameRows(rows: readonly OraclePair[], others: readonly OraclePair[]): void {
  expect(others.map((r) => [r.a, r.b, r.rule, r.required])).toEqual(rows.map((r) => [r.a, r.b, r.rule, r.required]))
  rows.forEach((row, i) => expect(Math.abs(row.found - (others[i]?.found ?? NaN))).toBeLessThan(1e-6))
}

function checkAgainstSamples(network: FeatureCollection, pack: OraclePack): void {
  const stepM = 0.08
  const [x = 0, y = 0] = network.features[0]?.geometry.coordinates[0] ?? []
  const scene = buildScene(network, pack, [x, y, 0])
  const rows = new Map(oraclePairs(network, pack).map((r) => [`${r.a} ${r.b} ${r.rule}`, r]))
  for (const a of scene.assets) {
    for (const b of scene.assets) {
      if (a.id >= b.id || scene.runs[a.index] === scene.runs[b.index]) continue
      const row = (rule: string): OraclePair | undefined => rows.get(`${a.id} ${b.id} ${rule}`)
      for (const [rule, sampled] of samplePair(a, b, scene, pack, stepM)) {
        const stated = rule === 'contact' ? row('hard') ?? row('touching') ?? row('distance') : row(rule)
        const place = `${a.id} ${b.id} ${rule}`
        if (rule === 'contact') {
          if (stated === undefined) expect(sampled.found, place).toBeGreaterThan(-0.001 - 1e-9)
          else expect(sampled.found, place).toBeGreaterThan(stated.found - 1e-7)
        } else if (sampled.required - sampled.found > 1e-6 + 1e-9) {
          expect(stated, place).toBeDefined()
          const shortfall = stated === undefined ? NaN : stated.required - stated.found
          expect(sampled.required - sampled.found, place).toBeLessThan(shortfall + 1e-7)
        }
        if (stated !== undefined && (rule === 'contact' || sampled.required === stated.required)) {
          expect(sampled.found - stated.found, place).toBeLessThan(4 * stepM)
        }
      }
    }
  }
}
