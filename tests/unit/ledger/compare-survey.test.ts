import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { axisDistance } from '#shared/ledger/survey/axis-distance.ts'
import { compareSurvey, USUAL_SURVEY_OPTIONS, type SurveyEntry } from '#shared/ledger/survey/compare-survey.ts'
import { surveyChanges } from '#shared/ledger/survey/survey-changes.ts'
import { nodeChanges } from '#shared/ledger/survey/survey-nodes.ts'
import { updatedAsset } from '#shared/ledger/survey/updated-asset.ts'
import { ASSUMED, type AssetRecord, type Vec3 } from '#shared/twin/asset.ts'
import { importOf } from '../io/mutate.ts'
import { hasSharedData, sharedData } from '../io/shared-data.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const line = (x: number, y: number, z = -2): Vec3[] => [[x, y, z], [x + 20, y, z], [x + 40, y + 5, z]]
const shifted = (axis: readonly Vec3[], dx: number, dz = 0): Vec3[] => axis.map(([x, y, z]): Vec3 => [x + dx, y + dx, z + dz])
const compare = (known: AssetRecord[], survey: AssetRecord[]) => compareSurvey(known, survey, USUAL_SURVEY_OPTIONS).entries
const told = (entries: readonly SurveyEntry[]) => entries.map(({ group, id, survey, matchedBy }) => [group, id, survey, matchedBy])

describe('a newer survey against the twin', () => {
  const known = [anAsset({ id: 'A', axis: line(0, 0) }), anAsset({ id: 'B', axis: line(0, 20) }), anAsset({ id: 'C', axis: line(0, 40), kind: 'gas' }), anAsset({ id: 'far', axis: line(900, 900) })]
  const frame = [anAsset({ id: 'edge 1', axis: [[-10, -10, -2], [100, -10, -2]] }), anAsset({ id: 'edge 2', axis: [[-10, 90, -2], [100, 90, -2]] })]

  it('that is the twin itself finds everything the same, however its lines were drawn', () => {
    const redrawn = known.map(asset => ({ ...asset, axis: asset.axis.flatMap((p, i): Vec3[] => (i === 0 ? [p] : [asset.axis[i - 1]!.map((c, k) => (c + p[k]!) / 2) as unknown as Vec3, p])).toReversed() }))
    expect(new Set(compare(known, redrawn).map(({ group }) => group))).toEqual(new Set(['same']))
  })
  it('knows a line again by its id, and by its place where it has another name', () => {
    const survey = [{ ...known[0]!, axis: shifted(known[0]!.axis, 3) }, { ...known[1]!, id: 'renamed', axis: shifted(known[1]!.axis, 0.3) }, ...frame]
    const entries = compare(known, survey)
    expect(told(entries)).toEqual([['new', null, 2, null], ['new', null, 3, null], ['moved', 'A', 0, 'id'], ['moved', 'B', 1, 'place']])
    expect(entries[3]!.planM).toBeCloseTo(Math.hypot(0.3, 0.3), 9)
  })
  it('takes no line for another of its name across the town, nor for one of another kind beside it', () => {
    const survey = [anAsset({ id: 'A', axis: line(500, 500) }), anAsset({ id: 'x', axis: shifted(known[2]!.axis, 0.1) })]
    expect(told(compare(known, survey)).filter(([group]) => group === 'new')).toEqual([['new', null, 0, null], ['new', null, 1, null]])
  })
  it('calls gone only what lies within its area and is of a kind it has', () => {
    expect(told(compare(known, [known[0]!, ...frame])).filter(([group]) => group === 'gone')).toEqual([['gone', 'B', null, null]])
  })
  it('says which new lines are the pieces of one that is there, and in how many a line was surveyed', () => {
    const main = anAsset({ id: 'main', axis: [[0, 0, -1], [100, 0, -1], [200, 0, -1]] })
    const other = anAsset({ id: 'other', axis: [[0, 30, -1], [100, 30, -1]] })
    const piece = (id: string, x0: number, x1: number, y = 0) => anAsset({ id, axis: [[x0, y, -1], [x1, y, -1]] })
    const survey = [piece('p1', 0, 60), piece('p2', 60, 130), piece('p3', 200, 130), piece('q1', 0, 40, 30), ...frame]
    const entries = compare([main, other], survey)
    expect(entries.filter(({ pieceOf }) => pieceOf !== undefined).map(({ survey: at, pieceOf }) => [survey[at!]!.id, pieceOf])).toEqual([['p1', 'main'], ['p2', 'main'], ['p3', 'main']])
    // A line that is covered in part was not surveyed as a whole, in pieces or otherwise.
    expect(entries.filter(({ group }) => group === 'gone').map(({ id, pieces }) => [id, pieces])).toEqual([['main', 3], ['other', undefined]])
    expect([...surveyChanges(entries.filter(({ pieceOf, pieces }) => pieceOf !== undefined || pieces !== undefined), survey, { assetNamed: id => [main, other].find(asset => asset.id === id) ?? null })].map(({ id, after }) => [id, after === null])).toEqual([['p1', false], ['p2', false], ['p3', false], ['main', true]])
  })
  describe('of a scheme, in pieces from point to point as survey tables have them', () => {
    const designed = [anAsset({ id: 'new main', kind: 'gas', axis: [[0, 0, -1], [100, 0, -1], [200, 40, -1.5], [300, 40, -1.5]] }), anAsset({ id: 'beside', kind: 'gas', axis: [[0, 3, -1], [100, 3, -1]] })]
    const places: Vec3[] = [[0, 0.1, -1], [60, 0.3, -1.05], [100, 0.2, -1], [150, 20.1, -1.25], [200, 40.3, -1.5], [250, 40, -1.5], [300, 39.9, -1.5]]
    const pieces = places.slice(1).map((place, i) => anAsset({ id: `p${i + 1}`, kind: 'gas', axis: i % 2 === 0 ? [places[i]!, place] : [place, places[i]!] }))
    const asBuilt = (survey: AssetRecord[]) => compareSurvey(designed, survey, USUAL_SURVEY_OPTIONS, 'scheme').entries

    it('is known again, each piece with its own deviation, whatever the order and direction', () => {
      const entries = asBuilt(pieces.toReversed())
      expect(entries.map(({ group, id }) => [group, id])).toEqual([['gone', 'beside'], ...pieces.map(() => ['moved', 'new main'])])
      const planOf = new Map(entries.filter(({ survey }) => survey !== null).map(({ survey, planM, levelM }) => [pieces.toReversed()[survey!]!.id, [planM, levelM]]))
      expect(planOf.get('p1')![0]).toBeCloseTo(0.3, 9)
      expect(planOf.get('p1')![1]).toBeCloseTo(0.05, 9)
      expect(planOf.get('p5')![0]).toBeCloseTo(0.3, 9)
    })
    it('contradicts the design where it says otherwise, not where the design says nothing or calls it something else', () => {
      const { pressureClass: _, ...open } = anAsset({ id: 'plan', kind: 'gas', owner: '', attributes: { name: '干管', material: 'PE' } })
      const plan: AssetRecord = open
      const fieldsOf = (fields: Partial<AssetRecord>) => compareSurvey([plan], [{ ...plan, accuracyPlanM: 0.05, ...fields }], USUAL_SURVEY_OPTIONS, 'scheme').entries[0]!
      expect(fieldsOf({ owner: '燃气集团', laying: 'direct', pressureClass: 'medium_a', attributes: { name: 'RQ-7', material: 'PE', 探测日期: '2026' } })).toMatchObject({ group: 'same', fields: [] })
      expect(fieldsOf({ attributes: { material: '钢' } })).toMatchObject({ group: 'changed', fields: ['attributes'] })
      expect(compareSurvey([{ ...plan, owner: '甲', laying: 'direct' }], [{ ...plan, owner: '乙', laying: 'duct' }], USUAL_SURVEY_OPTIONS, 'scheme').entries[0]!.fields).toEqual(['owner', 'laying'])
    })
    it('with a stretch that nobody measured is not: its pieces are new and the line is missing', () => {
      const entries = asBuilt(pieces.filter(({ id }) => id !== 'p3'))
      expect(entries.filter(({ id }) => id === 'new main').map(({ group }) => group)).toEqual(['gone'])
      expect(entries.filter(({ group }) => group === 'new')).toHaveLength(5)
    })
    it('of another kind, or too far off, are none of it', () => {
      expect(asBuilt(pieces.map(piece => ({ ...piece, kind: 'water' as const }))).filter(({ group }) => group === 'moved')).toEqual([])
      expect(asBuilt(pieces.map(piece => ({ ...piece, axis: piece.axis.map(([x, y, z]): Vec3 => [x, y - 1.5, z]) }))).filter(({ group }) => group === 'moved')).toEqual([])
    })
    it('stay pieces of nothing where the twin is updated', () => {
      expect(compareSurvey(designed, pieces, USUAL_SURVEY_OPTIONS).entries.filter(({ group }) => group === 'moved')).toEqual([])
    })
  })
  describe('that covers a part of what is there', () => {
    const at = (id: string, y: number, diameterM: number, fields = {}) => anAsset({ id, axis: line(0, y), section: { shape: 'circle', diameterM }, owner: '水务', ...fields })
    const mains = [at('main 1', 0, 0.6), at('main 2', 60, 0.3), at('main 3', 200, 0.4)]
    const twin = [...mains, at('removed main', 30, 0.4), at('house', 20, 0.05), at('other', 40, 0.5, { owner: '某厂' }), at('nameless', 50, 0.5, { owner: '' }), at('unpassed', 130, 0.5)]
    // The outline is that of the frame, of another kind.
    const outline = frame.map((_, i) => anAsset({ id: `f${i}`, kind: 'gas', axis: i === 0 ? [[-500, -500, 0], [600, -500, 0]] : [[-500, 600, 0], [600, 600, 0]] }))
    const gone = (survey: AssetRecord[]) => Object.fromEntries(compare(twin, survey).filter(({ group }) => group === 'gone').map(({ id, outside }) => [id, outside ?? 'gone']))
    it('tells what it should have met from what is smaller, of others, or far from all it went over', () => {
      expect(gone([...mains, ...outline])).toEqual({ 'removed main': 'gone', nameless: 'gone', house: 'size', other: 'owner', unpassed: 'area' })
    })
    it.skipIf(!hasSharedData('giswater-example/ws_links.geojson'))('of real mains alone offers the mains that are gone, not the service lines beside them', () => {
      const read = (name: string) => importOf(sharedData(`giswater-example/${name}.geojson`)).assets
      const [arcs, links] = [read('ws_arcs').filter(({ id }) => !id.includes('#')), read('ws_links').map(asset => ({ ...asset, id: `link ${asset.id}` }))]
      const lost = new Set(arcs.filter((_, i) => i % 40 === 7).map(({ id }) => id))
      const entries = compareSurvey([...arcs, ...links], arcs.filter(({ id }) => !lost.has(id)), USUAL_SURVEY_OPTIONS).entries.filter(({ group }) => group === 'gone')
      const offered = entries.filter(({ outside }) => outside === undefined).map(({ id }) => id!)
      const apart = entries.filter(({ outside }) => outside !== undefined).map(({ id }) => id!)
      expect(offered.filter(id => !lost.has(id))).toEqual([])
      expect(offered.length).toBeGreaterThan(0)
      expect(apart.filter(id => id.startsWith('link ')).length).toBeGreaterThan(300)
    })
    it('narrows by nothing it does not say: sizes assumed, owners unnamed', () => {
      const silent = mains.map(asset => ({ ...asset, owner: '', assumed: ASSUMED.size }))
      expect(gone([...silent, ...outline])).toEqual({ 'removed main': 'gone', nameless: 'gone', house: 'gone', other: 'gone', unpassed: 'area' })
    })
  })
  it('moves up or down count too, and what is within tolerance does not', () => {
    const entries = compare(known, [{ ...known[0]!, axis: shifted(known[0]!.axis, 0, 0.2) }, { ...known[1]!, axis: shifted(known[1]!.axis, 0.02, 0.01) }])
    expect(told(entries)).toEqual([['moved', 'A', 0, 'id'], ['same', 'B', 1, 'id']])
    expect(entries[0]!.levelM).toBeCloseTo(0.2, 9)
  })
  it('levels that were assumed move no line', () => {
    const assumed = known.map(asset => ({ ...asset, assumed: ASSUMED.level }))
    const [a, b] = compare(assumed, [{ ...assumed[0]!, axis: shifted(known[0]!.axis, 0, 0.4) }, { ...assumed[1]!, axis: shifted(known[1]!.axis, 0.3, 0.4) }])
    expect([a!.group, a!.levelM, b!.group, b!.levelM]).toEqual(['moved', null, 'same', null])
  })
  it.each([1, 2, 3])('finds in a twin shuffled, moved and thinned what was done to it (seed %i)', seed => {
    const random = seededRandom(seed)
    const twin = Array.from({ length: 80 }, (_, i) => anAsset({ id: `L${i}`, axis: line(60 * (i % 10), 30 * Math.floor(i / 10)), kind: random.pick(['water', 'gas'] as const) }))
    const done = new Map<string, string>()
    const survey = twin.flatMap((asset): AssetRecord[] => {
      const what = random.pick(['keep', 'keep', 'move', 'own', 'rename', 'drop'] as const)
      done.set(asset.id, what)
      if (what === 'drop') return []
      if (what === 'move') return [{ ...asset, axis: shifted(asset.axis, random.range(0.2, 0.6)) }]
      return [{ ...asset, ...(what === 'own' && { owner: 'another' }), ...(what === 'rename' && { id: `new ${asset.id}` }) }]
    }).sort(() => random.next() - 0.5)
    for (const { group, id } of compare(twin, [...survey, ...frame, anAsset({ id: 'edge 3', kind: 'gas', axis: [[-50, -50, 0], [700, 300, 0]] }), anAsset({ id: 'edge 4', kind: 'gas', axis: [[700, -50, 0], [-50, 300, 0]] })])) {
      if (id !== null) expect([id, group]).toEqual([id, { keep: 'same', move: 'moved', own: 'changed', rename: 'same', drop: 'gone' }[done.get(id)!]])
    }
  })
})

describe('taking a survey', () => {
  it('never puts an assumption in the place of what is known, nor nothing in the place of something', () => {
    const old = anAsset({ id: 'A', owner: '水务', axis: line(0, 0), attributes: { material: 'PE', note: 'x' } })
    const fresh = anAsset({ id: 'A', owner: '', kind: 'unknown', axis: shifted(line(0, 0), 1), section: { shape: 'circle', diameterM: 9 }, assumed: ASSUMED.size | ASSUMED.level, attributes: { material: '', year: 2024 } })
    // The plan is the survey's, the levels stay.
    expect(updatedAsset(old, fresh, true)).toEqual({ ...old, axis: shifted(old.axis, 1), attributes: { material: 'PE', note: 'x', year: 2024 } })
  })
  it('that knows no levels takes its plan with the levels there were, by share of length and whichever way it was drawn', () => {
    const old = anAsset({ id: 'A', axis: [[0, 0, 10], [10, 0, 8], [30, 0, 6]] })
    const fresh = anAsset({ id: 'A', axis: [[33, 1, 0], [18, 1, 0], [3, 1, 0]], assumed: ASSUMED.level })
    expect(updatedAsset(old, fresh, true).axis.map(point => point.map(value => Number(value.toFixed(9))))).toEqual([[33, 1, 6], [18, 1, 7.5], [3, 1, 10]])
    expect(updatedAsset(old, fresh, true).assumed & ASSUMED.level).toBe(0)
  })
  it('once, makes the next comparison find nothing but the same', () => {
    const known = [anAsset({ id: 'A', axis: line(0, 0) }), anAsset({ id: 'B', axis: line(0, 20) })]
    const survey = [anAsset({ id: 'A', axis: shifted(line(0, 0), 0.4), owner: 'X' }), anAsset({ id: 'N', axis: line(0, 60) }), anAsset({ id: 'M', axis: line(0, -60) })]
    const twin = new Map(known.map(asset => [asset.id, asset]))
    for (const { id, after } of surveyChanges(compare(known, survey), survey, { assetNamed: id => twin.get(id) ?? null })) {
      if (after && 'axis' in after) twin.set(id, after)
      else twin.delete(id)
    }
    expect([...twin.keys()].sort()).toEqual(['A', 'M', 'N'])
    expect(new Set(compare([...twin.values()], survey).map(({ group }) => group))).toEqual(new Set(['same']))
  })
  it('of nodes adds, moves and leaves alone what it knows nothing new of', () => {
    const node = (id: string, x: number, fields = {}) => ({ id, nodeType: 'manhole' as const, kind: 'gas' as const, owner: 'o', at: [x, 0, 0] as Vec3, attributes: {}, ...fields })
    const changes = nodeChanges([node('a', 0), node('b', 10, { bottomZ: -3 }), node('c', 20)], [node('a', 0), node('other name', 10.2, { owner: '' }), node('c', 900)])
    expect(changes).toEqual([{ table: 'nodes', id: 'b', after: node('b', 10.2, { bottomZ: -3 }) }, { table: 'nodes', id: 'c~2', after: node('c~2', 900) }])
  })
})

it.each([1, 2])('the distance of two lines is that of points taken along both, and symmetric (seed %i)', seed => {
  const random = seededRandom(seed)
  const axis = (): Vec3[] => Array.from({ length: 2 + random.int(4) }, () => [random.range(0, 10), random.range(0, 10), random.range(0, 3)])
  for (let n = 0; n < 50; n++) {
    const [a, b] = [axis(), axis()]
    const far = (from: Vec3[], to: Vec3[]) => Math.max(...from.map(([x, y]) => {
      let least = Infinity
      for (let i = 0; i + 1 < to.length; i++) for (let k = 0; k <= 400; k++) least = Math.min(least, Math.hypot(to[i]![0] + (k / 400) * (to[i + 1]![0] - to[i]![0]) - x, to[i]![1] + (k / 400) * (to[i + 1]![1] - to[i]![1]) - y))
      return least
    }))
    expect(axisDistance(a, b).planM).toBeCloseTo(Math.max(far(a, b), far(b, a)), 1)
    expect(axisDistance(a, b)).toEqual(axisDistance(b, a))
  }
})
