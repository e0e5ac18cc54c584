import { describe, expect, it } from 'vitest'
import { assetSignatures, classesOf, matchesClass, type ClassedProperties } from '#shared/rules/asset-classes.ts'
import { LimitLookup } from '#shared/rules/limit-lookup.ts'
import { parseRulePack, parseRulePackText } from '#shared/rules/parse-rule-pack.ts'
import { whoYields, type YieldingSide } from '#shared/rules/yielding.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'

const base = { format: 'underplan-rules/1', id: 'p', version: '1', title: { en: 'p', 'zh-CN': 'p' }, semantics: 'crossing-alongside' }
const cite = { clause: '1', basis: 'quoted' }
const packOf = (content: object): RulePack => {
  const parsed = parseRulePack({ ...base, ...content })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}
const water: ClassedProperties = { kind: 'water', diameterM: 0.2 }

describe('classes', () => {
  const matches = (match: object, asset: ClassedProperties) => matchesClass(asset, packOf({ classes: [{ id: 'c', match }] }).classes[0]!)

  it.each([
    ['kind', { kind: 'water' }, water, true],
    ['one of several kinds', { kind: ['gas', 'water'] }, water, true],
    ['another kind', { kind: 'gas' }, water, false],
    ['no condition', {}, water, true],
    ['upper bound of the diameter is inclusive', { maxDiameterM: 0.2 }, water, true],
    ['also where doubling the half leaves a trace', { maxDiameterM: 0.3 }, { ...water, diameterM: 2 * (0.1 + 0.05) }, true],
    ['lower bound is exclusive', { minDiameterM: 0.2 }, water, false],
    ['above the lower bound', { minDiameterM: 0.2 }, { ...water, diameterM: 0.201 }, true],
    ['a size not known matches no band', { maxDiameterM: 0.2 }, { ...water, diameterM: 0 }, false],
    ['a pressure not known matches none', { pressureClass: 'low' }, water, false],
    ['pressure', { pressureClass: 'low' }, { ...water, pressureClass: 'low' as const }, true],
    ['laying', { laying: ['duct', 'direct'] }, { ...water, laying: 'direct' as const }, true],
    ['voltage: lower exclusive', { minVoltageKv: 10 }, { ...water, voltageKv: 10 }, false],
    ['voltage: upper inclusive', { maxVoltageKv: 10 }, { ...water, voltageKv: 10 }, true],
    ['voltage not known', { maxVoltageKv: 10 }, { ...water, voltageKv: NaN }, false],
    ['all conditions must hold', { kind: 'water', pressureClass: 'low' }, water, false],
  ])('%s', (_, match, asset, wanted) => {
    expect(matches(match, asset)).toBe(wanted)
  })

  it('an asset takes every class that matches, and assets of the same classes share a signature', () => {
    const pack = packOf({ classes: [{ id: 'w', match: { kind: 'water' } }, { id: 'small', match: { kind: 'water', maxDiameterM: 0.2 } }, { id: 'g', match: { kind: 'gas' } }] })
    expect(classesOf(water, pack)).toEqual([0, 1])
    const record = (kind: 'water' | 'gas', section: { shape: 'circle'; diameterM: number } | { shape: 'rectangle'; widthM: number; heightM: number }) =>
      ({ id: `${kind}${JSON.stringify(section)}`, kind, owner: '', section, axis: [], status: 'in_use' as const, assumed: 0, attributes: {} })
    const columns = buildAssetColumns([
      record('water', { shape: 'circle', diameterM: 0.2 }), record('water', { shape: 'circle', diameterM: 0.1 }),
      // Of a rectangle the larger outer dimension counts.
      record('water', { shape: 'rectangle', widthM: 0.1, heightM: 0.5 }), record('gas', { shape: 'circle', diameterM: 0.2 }),
    ], [0, 0, 0])
    const { classes, ofAsset } = assetSignatures(columns, pack)
    expect(Array.from(ofAsset, signature => classes[signature])).toEqual([[0, 1], [0, 1], [0], [2]])
    expect(ofAsset[0]).toBe(ofAsset[1])
  })
})

describe('limits', () => {
  const classes = ['a', 'a2', 'b'].map(id => ({ id, match: {} }))
  const lookup = (tables: object) => new LimitLookup(packOf({ classes, ...tables }), [[0, 1], [2]])

  it('the largest of several cells governs and its basis is the one reported', () => {
    const limits = lookup({ horizontal: [{ a: 'a', b: 'b', minM: 1, ...cite }, { a: 'b', b: 'a2', minM: 1.5, clause: '2', basis: 'memory' }] })
    expect(limits.pair(0, 1).horizontal).toEqual({ minM: 1.5, clause: '2', basis: 'memory' })
    expect(limits.pair(1, 0).horizontal).toEqual(limits.pair(0, 1).horizontal)
    expect(limits.pair(0, 0).horizontal).toBeNull()
  })
  it('of equal cells the better founded one is named, in whatever order they stand', () => {
    const cells = [{ a: 'a', b: 'b', minM: 1, clause: '2', basis: 'memory' }, { a: 'a', b: 'b', minM: 1, clause: '9', basis: 'quoted' }]
    expect(lookup({ horizontal: cells }).pair(0, 1).horizontal!.clause).toBe('9')
    expect(lookup({ horizontal: [...cells].reverse() }).pair(0, 1).horizontal!.clause).toBe('9')
  })
  it('a vertical cell holds for its order alone, and both ways with `either`', () => {
    const oneWay = lookup({ vertical: [{ upper: 'a', lower: 'b', minM: 0.4, ...cite }] }).pair(0, 1)
    expect([oneWay.firstAbove?.minM, oneWay.secondAbove, oneWay.larger?.minM]).toEqual([0.4, null, 0.4])
    const bothWays = lookup({ vertical: [{ upper: 'a', lower: 'b', either: true, minM: 0.4, ...cite }, { upper: 'b', lower: 'a2', minM: 0.6, ...cite }] }).pair(0, 1)
    expect([bothWays.firstAbove?.minM, bothWays.secondAbove?.minM, bothWays.larger?.minM]).toEqual([0.4, 0.6, 0.6])
  })
  it('cover: largest minimum, smallest maximum, by surface', () => {
    const limits = lookup({ cover: [
      { class: 'a', surface: 'roadway', minM: 0.7, ...cite }, { class: 'a2', surface: 'roadway', minM: 0.9, maxM: 4, ...cite }, { class: 'a', surface: 'roadway', maxM: 3, ...cite },
    ] })
    expect([limits.cover(0, 'roadway').min?.minM, limits.cover(0, 'roadway').max?.minM]).toEqual([0.9, 3])
    expect(limits.cover(0, 'green')).toEqual({ min: null, max: null })
    expect(limits.cover(1, 'roadway')).toEqual({ min: null, max: null })
  })
  it('takes a combination of classes the network did not have', () => {
    const limits = lookup({ horizontal: [{ a: 'a2', b: 'b', minM: 1, ...cite }] })
    const added = limits.signatureOf([1])
    expect(limits.signatureOf([1])).toBe(added)
    expect(limits.signatureOf([0, 1])).toBe(0)
    expect(limits.pair(added, 1).horizontal?.minM).toBe(1)
  })
})

describe('a pack that is wrong says which cell', () => {
  const problems = (content: object) => {
    const parsed = parseRulePack({ ...base, classes: [{ id: 'a', match: {} }], ...content })
    return parsed.ok ? [] : parsed.error.map(({ cell, code, detail }) => [cell, code, code === 'wrong_shape' ? '' : detail])
  }
  it.each([
    ['a class that is not there', { horizontal: [{ a: 'a', b: 'x', minM: 1, ...cite }] }, [['horizontal[0].b', 'unknown_class', 'x']]],
    ['in every table', { vertical: [{ upper: 'y', lower: 'a', minM: 1, ...cite }], cover: [{ class: 'z', surface: 'green', minM: 1, ...cite }], distance: [{ a: 'q', b: 'a', minM: 1, ...cite }] },
      [['distance[0].a', 'unknown_class', 'q'], ['vertical[0].upper', 'unknown_class', 'y'], ['cover[0].class', 'unknown_class', 'z']]],
    ['a class twice', { classes: [{ id: 'a', match: {} }, { id: 'a', match: {} }] }, [['classes[1].id', 'duplicate_class', 'a']]],
    ['a band without room', { classes: [{ id: 'a', match: { minDiameterM: 0.3, maxDiameterM: 0.2 } }] }, [['classes[0].match.maxDiameterM', 'empty_band', '0.3 … 0.2']]],
    ['cover without a limit', { cover: [{ class: 'a', surface: 'green', ...cite }] }, [['cover[0]', 'no_limit', 'minM, maxM']]],
    ['cover whose minimum is above the maximum', { cover: [{ class: 'a', surface: 'green', minM: 2, maxM: 1, ...cite }] }, [['cover[0].minM', 'min_above_max', '2 > 1']]],
    ['a limit that is no length', { horizontal: [{ a: 'a', b: 'a', minM: -1, ...cite }] }, [['horizontal[0].minM', 'wrong_shape', '']]],
    ['a basis nobody knows', { horizontal: [{ a: 'a', b: 'a', minM: 1, clause: '1', basis: 'rumour' }] }, [['horizontal[0].basis', 'wrong_shape', '']]],
    ['another semantics', { semantics: 'both' }, [['semantics', 'wrong_shape', '']]],
  ])('%s', (_, content, wanted) => {
    expect(problems(content)).toEqual(wanted)
  })
  it.each([['empty', ''], ['not JSON', '{'], ['a list', '[]'], ['null', 'null'], ['a number', '7']])('%s', (_, text) => {
    const parsed = parseRulePackText(text)
    expect(parsed.ok).toBe(false)
    expect(!parsed.ok && parsed.error.length).toBeGreaterThan(0)
  })
  it('a byte order mark is none of its business', () => {
    expect(parseRulePackText(`\uFEFF${JSON.stringify({ ...base, classes: [] })}`).ok).toBe(true)
  })
})

describe('who gives way', () => {
  const side = (kind: YieldingSide['kind'], diameterM: number, more: Partial<YieldingSide> = {}): YieldingSide => ({ kind, diameterM, isPlanned: false, classes: new Set(), ...more })
  const rules = [{ yields: 'pressure', to: 'gravity', clause: '1' }, { yields: 'bendable', to: 'stiff' }, { yields: 'small_diameter', to: 'large_diameter' }]
  it.each([
    ['pressure before gravity', side('water', 1), side('sewer_foul', 0.2), 'a', 'pressure'],
    ['whichever is written first', side('sewer_foul', 0.2), side('water', 1), 'b', 'pressure'],
    ['a cable to a pipe', side('water', 0.1), side('power', 0.3), 'b', 'bendable'],
    ['the smaller of two of a sort', side('water', 0.3), side('gas', 0.2), 'b', 'small_diameter'],
  ])('%s', (_, a, b, who, by) => {
    expect(whoYields(a, b, rules)).toMatchObject({ side: who, yields: by })
  })
  it('nobody, where no rule tells the two apart', () => {
    expect(whoYields(side('water', 0.2), side('gas', 0.2), rules)).toBeNull()
    expect(whoYields(side('water', 0), side('gas', 0.2), rules)).toBeNull()
    expect(whoYields(side('water', 0.1), side('gas', 0.2), [{ yields: 'branch', to: 'trunk' }])).toBeNull()
  })
  it('by kind, by class of the pack, by what is new', () => {
    expect(whoYields(side('gas', 1), side('water', 1), [{ yields: 'water', to: 'gas' }])).toMatchObject({ side: 'b' })
    expect(whoYields(side('gas', 1, { classes: new Set(['gas_low']) }), side('water', 1), [{ yields: 'gas_low', to: 'water' }])).toMatchObject({ side: 'a' })
    expect(whoYields(side('gas', 1), side('gas', 1, { isPlanned: true }), [{ yields: 'new', to: 'existing' }])).toMatchObject({ side: 'b' })
  })
})
