import { describe, expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { digSite, schemeDigs } from '#shared/hazards/analysis/ground-methods.ts'
import { analysisSubject, NO_CHANGES, type SchemeChanges } from '#shared/hazards/analysis/subject.ts'
import { digDamage } from '#shared/hazards/dig-damage.ts'
import { digEffects, type Dig } from '#shared/hazards/digging.ts'
import { permitParts } from '#shared/hazards/analysis/permit-parts.ts'
import { permitSheet } from '#shared/hazards/permit-sheet.ts'
import type { Excavation } from '#shared/scenario/document.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

/** A pit of 10 × 10 m, 2 m deep, in level ground at 0. */
const PIT: Dig = { id: 'pit', name: 'pit', outline: [[0, 0], [10, 0], [10, 10], [0, 10]], bottom: { depthM: 2 }, slopeRatio: 0, soil: null }
const subjectOf = (builder: TwinBuilder) => {
  const { nodes, surfaceFeatures, blocks, ground } = builder.build()
  return analysisSubject({ columns: builder.buildColumns([0, 0, 0]), nodes, surfaceFeatures, blocks, ground, attributes: new Map() }, NO_CHANGES)
}
const damage = (builder: TwinBuilder) => {
  const subject = subjectOf(builder)
  const { rows, issues } = digDamage([PIT], digSite(subject), unattendedJob)
  return { subject, issues, rows, of: new Map(rows.map(row => [subject.ids[row.asset]!, row])) }
}
const across = (id: string, y: number, z: number, fields: Parameters<TwinBuilder['aPipe']>[2] = {}) => (builder: TwinBuilder) => builder.aPipe(id, [[-20, y, z], [30, y, z]], fields)
const site = (...adders: ((builder: TwinBuilder) => TwinBuilder)[]) => adders.reduce((builder, add) => add(builder), TwinBuilder.with().onFlatGround(0))

describe('what a pit can hit', () => {
  it('lists what is struck by what follows, then what is undermined, then what is near', () => {
    const { rows, subject } = damage(site(
      across('W', 5, -1), across('G', 4, -1, { kind: 'gas' }), across('T', 3, -1, { kind: 'telecom' }), across('E', 2, -1, { kind: 'power' }),
      across('NEAR', -0.5, -1.5), across('FAR', -30, -1), across('UNDER', -0.9, -0.8, { section: { shape: 'circle', diameterM: 0.2 } }),
    ))
    expect(rows.map(row => subject.ids[row.asset])).toEqual(['G', 'E', 'W', 'T', 'NEAR', 'UNDER'])
    expect(rows.map(row => row.consequence)).toEqual(['gas', 'power_high', 'water_trunk', 'telecom', 'water_trunk', 'water'])
  })

  it.each([
    ['a high-pressure gas main', { kind: 'gas' as const, pressureClass: 'sub_high_a' as const }, 'gas_high', 3], ['a low-voltage cable', { kind: 'power' as const, voltageKv: 0.4 }, 'power', 0.5],
    ['a cable of unknown voltage', { kind: 'power' as const, voltageKv: NaN }, 'power_high', 0.5], ['a thin water pipe', { section: { shape: 'circle' as const, diameterM: 0.1 } }, 'water', 0.5],
  ])('%s', (_, fields, consequence, safeM) => {
    expect(damage(site(across('X', 5, -1, fields))).of.get('X')).toMatchObject({ consequence, safeDigM: safeM })
  })

  it('says how sure a position is, and digs half a metre more by hand where nobody knows', () => {
    const { of } = damage(site(across('KNOWN', -0.6, -1, { accuracyPlanM: 0.2, accuracyLevelM: 0.1 }), across('UNKNOWN', 10.6, -1, { accuracyPlanM: NaN, accuracyLevelM: NaN })))
    expect(of.get('KNOWN')).toMatchObject({ accuracyPlanM: 0.2, handDigM: 0.7, trialHole: null })
    expect(of.get('UNKNOWN')).toMatchObject({ accuracyPlanM: null, handDigM: 1, precautions: expect.arrayContaining(['trial_hole', 'hand_dig']) as unknown })
  })

  it('puts the trial hole where the line is nearest: inside the pit in its middle', () => {
    const { of } = damage(site(across('G', 4, -1, { kind: 'gas' })))
    const [x, y, z] = of.get('G')!.trialHole!
    expect([y, z]).toEqual([4, -1])
    expect(x).toBeGreaterThan(4)
    expect(x).toBeLessThan(6)
  })

  it('asks for what the kind needs', () => {
    const { of } = damage(site(across('G', 4, -1, { kind: 'gas' }), across('E', 2, -1, { kind: 'power' }), across('W', 6, -1)))
    expect(of.get('G')!.precautions).toEqual(expect.arrayContaining(['owner_on_site', 'isolate_gas', 'support']))
    expect(of.get('E')!.precautions).toContain('make_dead')
    expect(of.get('W')!.precautions).toContain('know_valves')
  })

  it('leaves out a hole that is none, and says so', () => {
    const subject = subjectOf(site(across('W', 5, -1)))
    const { rows, issues } = digDamage([{ ...PIT, bottom: { levelM: 5 } }], digSite(subject), unattendedJob)
    expect([rows, issues.map(({ code, context }) => [code, context?.['reason']])]).toEqual([[], [['ground_unknown', 'above_ground']]])
  })
})

describe('several holes at one line', () => {
  // A trench 1.1 m wide along y in two pieces that join at y = 10; the pipe, 0.3 m thick, runs across at an angle of 45° there.
  const piece = (id: string, from: number, to: number): Dig => ({ ...PIT, id, name: id, outline: [[-0.55, from], [0.55, from], [0.55, to], [-0.55, to]] })
  const effectOf = (digs: readonly Dig[], axis: readonly [number, number, number][], diameterM = 0.3) => {
    const subject = subjectOf(TwinBuilder.with().onFlatGround(0).aPipe('W', axis, { section: { shape: 'circle', diameterM } }))
    return digEffects(digs, digSite(subject), unattendedJob).effects[0]!
  }
  const aslant: [number, number, number][] = [[-20, -10, -1], [20, 30, -1]]

  it('the stretch at the joint of two trench pieces counts once: as long as in the trench dug whole', () => {
    const whole = effectOf([piece('T', 0, 20)], aslant)
    const inTwo = effectOf([piece('T', 0, 10), piece('T', 10, 20)], aslant)
    // The axis crosses 1.1 m of trench at 45°; the outer surface reaches half a thickness farther, over the sine, either side.
    expect(whole.exposedSpanM).toBeCloseTo(1.1 * Math.SQRT2, 6)
    expect(inTwo.exposedSpanM).toBeCloseTo(whole.exposedSpanM, 6)
    expect(inTwo.struckLengthM).toBeCloseTo(whole.struckLengthM, 6)
    expect(inTwo.by).toEqual(['T'])
  })

  it('a pipe that lies along the joint is met over the width of the trench, not twice', () => {
    const { exposedSpanM, struckLengthM } = effectOf([piece('T', 0, 10), piece('T', 10, 20)], [[-20, 10, -1], [20, 10, -1]])
    expect(exposedSpanM).toBeCloseTo(1.1, 6)
    // The outer surface reaches half a thickness farther on either side.
    expect(struckLengthM).toBeCloseTo(1.4, 5)
  })

  it('two trenches apart add up', () => {
    const far = { ...piece('U', 0, 20), outline: piece('U', 0, 20).outline.map(([x, y]) => [x + 8, y] as const) }
    expect(effectOf([piece('T', 0, 20), far], [[-20, 5, -1], [20, 5, -1]])).toMatchObject({ exposedSpanM: expect.closeTo(2.2, 6) as unknown, by: ['T', 'U'] })
  })
})

describe('the permit sheet', () => {
  const { subject, rows } = damage(site(across('G"<1>', 4, -1, { kind: 'gas', owner: '<script>alert(1)</script>' })))
  const sheet = permitSheet(subject, [{ digs: [PIT], rows, valves: new Map([[0, ['V1']]]), issues: [] }], { language: 'en', translate: (key, parameters = {}) => `${key} ${Object.values(parameters).join(' ')}`, at: new Date(0) })

  it('loads nothing and lets nothing of the data act', () => {
    expect(sheet).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)|<link|<img|@import|url\((?!#)/)
    expect(sheet).toContain('G&quot;&lt;1&gt;')
  })

  it('gives each dig a sheet of its own, with what that dig alone meets; pieces of one trench are one', () => {
    const twin = subjectOf(site(across('NEAR', 5, -1), across('FAR', 105, -1)))
    const far: Dig = { ...PIT, id: 'far', name: 'far', outline: [[0, 100], [10, 100], [10, 110], [0, 110]] }
    const half: Dig = { ...far, outline: [[10, 100], [20, 100], [20, 110], [10, 110]] }
    const parts = permitParts(twin, [PIT, far, half], unattendedJob)
    expect(parts.map(part => [part.digs.length, part.rows.map(row => twin.ids[row.asset])])).toEqual([[1, ['NEAR']], [2, ['FAR']]])
    const both = permitSheet(twin, parts, { language: 'en', translate: key => key, at: new Date(0) })
    expect(both.match(/<article>/g)).toHaveLength(2)
    expect(both.match(/<h1>/g)).toHaveLength(2)
  })

  it('tells whom to call under the registered name, each body once', () => {
    const { subject: twin, rows: met } = damage(site(builder => across('G2', 6, -1, { kind: 'gas', owner: '燃气集团' })(across('G1', 4, -1, { kind: 'gas', owner: '某市燃气' })(builder))))
    const text = { language: 'en', translate: (key: string) => key, at: new Date(0), ownerOf: () => ({ name: 'City <Gas>', reach: ['24 h: 96777', 'Zhang 1'] }) } as const
    const told = permitSheet(twin, [{ digs: [PIT], rows: met, valves: new Map(), issues: [] }], text)
    expect(told).toContain('<td>City &lt;Gas&gt;</td><td>24 h: 96777<br>Zhang 1</td><td>G1analyses:commaG2</td>')
  })

  it('names the line, its valves, the trial hole and the date', () => {
    expect(sheet).toContain('permit:valves V1')
    expect(sheet).toContain('>T1<')
    expect(sheet).toContain('1970-01-01')
  })
})

describe('what a scheme digs', () => {
  const scheme = (changes: Partial<SchemeChanges>) => {
    const { nodes, surfaceFeatures, blocks, ground } = site(across('W', 5, -1)).build()
    return analysisSubject({ columns: site(across('W', 5, -1)).buildColumns([0, 0, 0]), nodes, surfaceFeatures, blocks, ground, attributes: new Map() }, { ...NO_CHANGES, ...changes })
  }
  const pit: Excavation = { id: 'e', name: 'Pit 7', shape: { type: 'pit', outline: [[0, 0], [10, 0], [10, 10], [0, 10]] }, bottom: { depthM: 2 }, slopeRatio: 0 }

  it('is its own excavations, and the trenches of its lines wherever they run outside of these and of its bores', () => {
    const proposals = [aProposal('P', { kind: 'water', axis: [[0, 20, -2], [8, 20, -2]] })]
    expect(schemeDigs(scheme({ proposals, excavations: [pit] })).map(({ name }) => name)).toEqual(['Pit 7', 'P'])
    const through = [aProposal('P', { kind: 'water', axis: [[0, 5, -1.5], [10, 5, -1.5], [30, 5, -1.5]] })]
    expect(schemeDigs(scheme({ proposals: through, excavations: [pit] })).map(({ name, outline }) => [name, outline[0]![0], outline[1]![0]])).toEqual([['Pit 7', 0, 10], ['P', 10, 20], ['P', 20, 30]])
    const bore: Excavation = { ...pit, id: 'b', shape: { type: 'bore', axis: [[10, 5.4, -5], [30, 5.4, -5]], diameterM: 1 }, bottom: null }
    expect(schemeDigs(scheme({ proposals: through, excavations: [pit, bore] })).map(({ name }) => name)).toEqual(['Pit 7'])
    const [trench] = schemeDigs(scheme({ proposals }))
    // 0.3 m pipe, 0.4 m of room on either side, 0.15 m of bedding.
    expect(trench).toMatchObject({ id: 'P', outline: [[0, 19.45], [8, 19.45], [8, 20.55], [0, 20.55]], bottom: { levelM: expect.closeTo(-2.3, 9) as unknown } })
  })

  it('a bore is no hole from above', () => {
    expect(schemeDigs(scheme({ excavations: [{ ...pit, shape: { type: 'bore', axis: [[0, 0, -5], [50, 0, -5]], diameterM: 1 }, bottom: null }] }))).toEqual([])
  })

  it('what the scheme takes out is not hit any more', () => {
    const rows = (changes: Partial<SchemeChanges>) => digDamage(schemeDigs(scheme(changes)), digSite(scheme(changes)), unattendedJob).rows
    expect(rows({ excavations: [pit] }).map(({ struck }) => struck)).toEqual([true])
    expect(rows({ excavations: [pit], removed: ['W'] })).toEqual([])
  })
})
