import { describe, expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { computeCollapse, schemeDigs } from '#shared/hazards/analysis/ground-methods.ts'
import { analysisSubject, NO_CHANGES } from '#shared/hazards/analysis/subject.ts'
import { gradeOf, type CollapseOptions } from '#shared/hazards/collapse.ts'
import type { Attributes } from '#shared/twin/asset.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const OPTIONS: CollapseOptions = { soil: null, groundwaterDepthM: null, oldYears: 30, thisYear: 2026 }
const drain = { kind: 'sewer_foul' as const, section: { shape: 'circle' as const, diameterM: 0.4 } }
/** A drain 2.2 m deep at its bottom, under a carriageway from x = 10 to 30; one 6 m deep beside it. */
const street = () => TwinBuilder.with().onFlatGround(0).aPipe('D', [[0, 0, -2], [40, 0, -2]], drain).aPipe('DEEP', [[0, 50, -5.8], [40, 50, -5.8]], drain).aSurface('R', [[10, -4], [30, -4], [30, 4], [10, 4]])

function rows(builder: TwinBuilder, attributes: Record<string, Attributes> = {}, options: Partial<CollapseOptions> = {}, proposals: ReturnType<typeof aProposal>[] = []) {
  const { nodes, surfaceFeatures, blocks, ground } = builder.build()
  const subject = analysisSubject({ columns: builder.buildColumns([0, 0, 0]), nodes, surfaceFeatures, blocks, ground, attributes: new Map(Object.entries(attributes)) }, { ...NO_CHANGES, proposals })
  const { rows: found, issues } = computeCollapse(subject, schemeDigs(subject), { ...OPTIONS, ...options }, unattendedJob)
  return { of: new Map(found.map(row => [subject.ids[row.asset]!, row])), issues }
}

describe('collapse factors', () => {
  it('by hand: under traffic and shallow, the rest unknown or not there', () => {
    const { of, issues } = rows(street())
    expect(of.get('D')).toMatchObject({
      factors: { traffic: 'yes', shallow: 'yes', digging: 'no', defect: 'unknown', cavity: 'unknown', old: 'unknown', soil: 'unknown', groundwater: 'unknown', leak: 'unknown', water: 'unknown' },
      present: 2, unknown: 7, grade: 'II', worstGrade: 'IV', roadM: expect.closeTo(20, 6), depthM: expect.closeTo(2.2, 9),
    })
    expect(of.get('DEEP')!.factors).toMatchObject({ traffic: 'no', shallow: 'no' })
    expect(issues.filter(({ code }) => code === 'factor_unknown').map(({ ref }) => ref)).toEqual(['defect', 'leak', 'cavity', 'old', 'soil', 'groundwater', 'water'])
  })

  it.each([
    [{ yearLaid: 1996 }, 'old', 'yes'], [{ yearLaid: 1997 }, 'old', 'no'], [{ JCNY: '1988-06' }, 'old', 'yes'], [{ material: 'stone' }, 'old', 'yes'],
    [{ ri: 4 }, 'defect', 'no'], [{ ri: 4.1 }, 'defect', 'yes'], [{ defectGrade: 'III' }, 'defect', 'yes'], [{ defectGrade: 2 }, 'defect', 'no'],
    [{ cavityGrade: 'IV' }, 'cavity', 'yes'], [{ leaks: 0 }, 'leak', 'no'], [{ 爆管次数: 2 }, 'leak', 'yes'], [{ repairs: '1 (2019)' }, 'leak', 'yes'], [{ 土质: '砂土' }, 'soil', 'yes'], [{ soil: 'stiff clay' }, 'soil', 'no'],
  ] as const)('reads %j as %s: %s', (attributes, factor, state) => {
    expect(rows(street(), { D: attributes as unknown as Attributes }).of.get('D')!.factors[factor]).toBe(state)
  })

  it('takes the soil and groundwater of the area where the ledger has none', () => {
    const { factors } = rows(street(), {}, { soil: 'silt', groundwaterDepthM: 3 }).of.get('D')!
    expect(factors).toMatchObject({ soil: 'yes', groundwater: 'no' })
    expect(rows(street(), {}, { groundwaterDepthM: 2 }).of.get('D')!.factors.groundwater).toBe('yes')
  })

  it('without ground or carriageways says that depth and traffic are not known', () => {
    const bare = TwinBuilder.with().aPipe('D', [[0, 0, -2], [40, 0, -2]], drain)
    expect(rows(bare).of.get('D')!.factors).toMatchObject({ traffic: 'unknown', shallow: 'unknown', groundwater: 'unknown' })
  })

  // The drain's outside is 0.2 m from its axis, a DN 200 main's 0.1 m, a DN 300 main's 0.15 m.
  it.each([
    ['DN 200 at 0.99 m', 0.2, [[0, 1.29, -1], [40, 1.29, -1]], 'yes'], ['DN 200 at 1.01 m', 0.2, [[0, 1.31, -1], [40, 1.31, -1]], 'no'],
    ['DN 300 at 1.49 m', 0.3, [[0, 1.84, -1], [40, 1.84, -1]], 'yes'], ['DN 300 at 1.51 m', 0.3, [[0, 1.86, -1], [40, 1.86, -1]], 'no'],
    ['DN 200 across, 0.39 m over it', 0.2, [[20, -9, -1.31], [20, 9, -1.31]], 'yes'], ['DN 200 across, 0.41 m over it', 0.2, [[20, -9, -1.29], [20, 9, -1.29]], 'no'],
    ['DN 200 at 29° that passes over it', 0.2, [[0, -11.08, 0], [40, 11.08, 0]], 'yes'],
  ] as const)('water beside a drain: %s', (_, diameterM, axis, state) => {
    expect(rows(street().aPipe('W', axis, { section: { shape: 'circle', diameterM } })).of.get('D')!.factors.water).toBe(state)
    expect(rows(street().aPipe('W', axis, { kind: 'gas', section: { shape: 'circle', diameterM } })).of.get('D')!.factors.water).toBe('unknown')
  })

  it('a main that leaked counts for the drain it runs beside, and for no other', () => {
    const { of } = rows(street().aPipe('W', [[0, 1, -1], [40, 1, -1]]), { W: { leakCount: 2 }, DEEP: { leaks: 0 } })
    expect([of.get('D')!.factors.leak, of.get('DEEP')!.factors.leak]).toEqual(['yes', 'no'])
  })

  it('a factor more never lowers the grade, and grades step at 2, 3 and 4', () => {
    expect([0, 1, 2, 3, 4, 8].map(gradeOf)).toEqual(['I', 'I', 'II', 'III', 'IV', 'IV'])
  })
})

describe('what a scheme’s digging adds', () => {
  // A trench 0.3 + 2 · 0.4 wide along y = gap + 0.55, its bottom 0.3 m below its axis at −4: −4.3. The drain's bottom is at −2.2: 45° reach 2.1 m and a little.
  const trench = (gapM: number) => [aProposal('P', { kind: 'water', axis: [[0, gapM + 0.2 + 0.55, -4], [40, gapM + 0.2 + 0.55, -4]] })]

  it('reaches a drain nearer than the trench is deeper than it', () => {
    expect(rows(street(), {}, {}, trench(1.5)).of.get('D')!.factors.digging).toBe('yes')
  })

  it('does not reach one farther off, nor one deeper than its bottom', () => {
    const { of } = rows(street(), {}, {}, trench(3))
    expect([of.get('D')!.factors.digging, of.get('DEEP')!.factors.digging]).toEqual(['no', 'no'])
  })

  it('a line laid in a tunnel digs nothing', () => {
    expect(rows(street(), {}, {}, [aProposal('P', { kind: 'water', laying: 'tunnel', axis: [[0, 1, -4], [40, 1, -4]] })]).of.get('D')!.factors.digging).toBe('no')
  })
})
