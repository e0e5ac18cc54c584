/**
 * Tiny networks worked out by hand. Unless said otherwise water has diameter 0.3 and sewers 0.5, so that
 * w = h = 0.15 + 0.25 = 0.4; gas has 0.3, so w = h = 0.3 for two. `found` is the arithmetic itself.
 */
import type { FeatureCollection, LineFeature, OraclePack, PairRule } from './types.ts'

export interface HandCase {
  title: string
  network: FeatureCollection
  pack?: OraclePack
  /** a, b, rule, required, found */
  rows: readonly (readonly [string, string, PairRule, number, number])[]
}

export const HAND_PACK: OraclePack = {
  semantics: 'crossing-alongside', touchBandM: 0.001, crossingMinAngleDeg: 30, snapToleranceM: 0.01, alongsideMaxVerticalGapM: 3,
  classes: [
    { id: 'water_small', match: { kind: 'water', maxDiameterM: 0.2 } },
    { id: 'water_large', match: { kind: 'water', minDiameterM: 0.2 } },
    { id: 'water', match: { kind: 'water' } },
    { id: 'sewer', match: { kind: 'sewer_foul' } },
    { id: 'gas', match: { kind: 'gas' } },
  ],
  horizontal: [{ a: 'water_small', b: 'sewer', minM: 0.75 }, { a: 'water_large', b: 'sewer', minM: 1 }, { a: 'gas', b: 'gas', minM: 0.5 }],
  vertical: [
    { upper: 'water', lower: 'sewer', minM: 0.4 }, { upper: 'sewer', lower: 'water', minM: 0.6 },
    { upper: 'gas', lower: 'sewer', minM: 0.15 },
  ],
  distance: [{ a: 'water', b: 'sewer', minM: 0.5 }],
}

const SIZES: Record<string, number> = { water: 0.3, sewer_foul: 0.5, gas: 0.3 }

function line(id: string, kind: string, coordinates: number[][], extra: Record<string, unknown> = {}): LineFeature {
  const diameterM = SIZES[kind]
  return {
    type: 'Feature', geometry: { type: 'LineString', coordinates },
    properties: { id, kind, owner: 'o', ...(diameterM !== undefined && { diameterM }), ...extra },
  }
}

const net = (...features: LineFeature[]): FeatureCollection => ({ type: 'FeatureCollection', features })
const alongX = (id: string, kind: string, y: number, z: number, extra = {}): LineFeature => line(id, kind, [[-5, y, z], [5, y, z]], extra)
const alongY = (id: string, kind: string, x: number, z: number, extra = {}): LineFeature => line(id, kind, [[x, -5, z], [x, 5, z]], extra)
const sin20 = Math.sin(Math.PI / 9)
const cos20 = Math.cos(Math.PI / 9)

export const HAND_CASES: readonly HandCase[] = [
  { // G_v = 0.6 − 0.4; zone (1 + 0.4)/sin 90° = 1.4, beyond it G_h ≥ 1.4 − 0.4 = 1
    title: 'square crossing, water above',
    network: net(alongX('a', 'water', 0, 0), alongY('b', 'sewer_foul', 0, -0.6)),
    rows: [['a', 'b', 'vertical', 0.4, 0.6 - 0.4]],
  },
  { // the same with the sewer above: the other cell
    title: 'square crossing, sewer above',
    network: net(alongX('a', 'water', 0, 0), alongY('b', 'sewer_foul', 0, 0.6)),
    rows: [['a', 'b', 'vertical', 0.6, 0.6 - 0.4]],
  },
  { // equal levels: the larger V_req; D = 0 − 0.4
    title: 'square crossing at equal levels is undecided',
    network: net(alongX('a', 'water', 0, 0), alongY('b', 'sewer_foul', 0, 0)),
    rows: [['a', 'b', 'hard', 0, -0.4], ['a', 'b', 'vertical', 0.6, -0.4]],
  },
  { // G_h = 0.9 − 0.4
    title: 'alongside',
    network: net(alongX('a', 'water', 0, 0), alongX('b', 'sewer_foul', 0.9, 0)),
    rows: [['a', 'b', 'horizontal', 1, 0.9 - 0.4]],
  },
  { // G_v = 3.5 − 0.4 = 3.1 > 3
    title: 'alongside but far apart in level',
    network: net(alongX('a', 'water', 0, 0), alongX('b', 'sewer_foul', 0.9, -3.5)),
    rows: [],
  },
  { // 20° < 30°: no zone; Δxy = 0 at the crossing, G_v = 0.6 − 0.4
    title: 'flat crossing is stacked and alongside',
    network: net(alongX('a', 'water', 0, 0), line('b', 'sewer_foul', [[-5 * cos20, -5 * sin20, -0.6], [5 * cos20, 5 * sin20, -0.6]])),
    rows: [['a', 'b', 'horizontal', 1, -0.4], ['a', 'b', 'stacked', 0.4, 0.6 - 0.4]],
  },
  { // on top of each other all the way: no crossing
    title: 'stacked on one line',
    network: net(alongX('a', 'water', 0, 0), alongX('b', 'sewer_foul', 0, -0.6)),
    rows: [['a', 'b', 'horizontal', 1, -0.4], ['a', 'b', 'stacked', 0.4, 0.6 - 0.4]],
  },
  { // b comes from one side at 90°, runs on top of a for 2 m and leaves to the other: one crossing
    title: 'on top of each other, then passing to the other side, is a crossing',
    network: net(alongX('a', 'water', 0, 0), line('b', 'sewer_foul', [[-1, -5, -0.6], [-1, 0, -0.6], [1, 0, -0.6], [1, 5, -0.6]])),
    rows: [['a', 'b', 'vertical', 0.4, 0.6 - 0.4]],
  },
  { // the same, but leaving to the side it came from: none
    title: 'on top of each other, then back to the same side, is no crossing',
    network: net(alongX('a', 'water', 0, 0), line('b', 'sewer_foul', [[-1, -5, -0.6], [-1, 0, -0.6], [1, 0, -0.6], [1, -5, -0.6]])),
    rows: [['a', 'b', 'horizontal', 1, -0.4], ['a', 'b', 'stacked', 0.4, 0.6 - 0.4]],
  },
  { // an end on the other's axis in plan, 0.6 below, is a crossing
    title: 'an end below the other axis crosses',
    network: net(alongX('a', 'water', 0, 0), line('b', 'sewer_foul', [[0, 0, -0.6], [0, 5, -0.6]])),
    rows: [['a', 'b', 'vertical', 0.4, 0.6 - 0.4]],
  },
  { // zone (1 + 0.4)/sin 90°: beyond it G_h ≥ 1
    title: 'a square tee of two kinds is exempt',
    network: net(alongX('a', 'water', 0, 0), line('b', 'sewer_foul', [[0, 0, 0], [0, 5, 0]])),
    rows: [],
  },
  { // two gas pipes of two owners from one node at 20°: zone (0.5 + 0.3)/sin 30° = 1.6; from there 1.6·sin 20°
    title: 'a sharp joint counts as 30°',
    network: net(line('a', 'gas', [[0, 0, 0], [9, 0, 0]]), line('b', 'gas', [[0, 0, 0], [9 * cos20, 9 * sin20, 0]], { owner: 'p' })),
    rows: [['a', 'b', 'horizontal', 0.5, 1.6 * sin20 - 0.3]],
  },
  { // the same of one owner is a run
    title: 'assets of one run are not tested',
    network: net(line('a', 'gas', [[0, 0, 0], [9, 0, 0]]), line('b', 'gas', [[0, 0, 0], [9 * cos20, 9 * sin20, 0]])),
    rows: [],
  },
  { // a third end makes it no run; joints at 90° to c do not shorten the zone of a and b
    title: 'three ends of one kind and owner are no run',
    network: net(line('a', 'gas', [[0, 0, 0], [9, 0, 0]]), line('b', 'gas', [[0, 0, 0], [9 * cos20, 9 * sin20, 0]]), line('c', 'gas', [[0, 0, 0], [0, -9, 0]])),
    rows: [['a', 'b', 'horizontal', 0.5, 1.6 * sin20 - 0.3]],
  },
  { // D = 0.4 − 0.4
    title: 'touching',
    network: net(alongX('a', 'water', 0, 0), alongY('b', 'sewer_foul', 0, -0.4)),
    rows: [['a', 'b', 'touching', 0, 0], ['a', 'b', 'vertical', 0.4, 0]],
  },
  { // Δxy = 0.2 all along; D = 0.2 − 0.4; levels meet at −1: G_v = −0.4, either may be above: 0.6 governs
    title: 'a lone riser makes no crossing',
    network: net(line('a', 'water', [[0, 0.2, -2], [0, 0.2, 0]]), alongX('b', 'sewer_foul', 0, -1)),
    rows: [['a', 'b', 'hard', 0, 0.2 - 0.4], ['a', 'b', 'horizontal', 1, 0.2 - 0.4], ['a', 'b', 'stacked', 0.6, -0.4]],
  },
  { // the riser is exempt up to 0.6 + 0.4 = 1 above the joint, where G_v = 1 − 0.4 = 0.6 suffices
    title: 'a riser from a tee is clear above its exempt height',
    network: net(alongX('a', 'water', 0, 0), line('b', 'sewer_foul', [[0, 0, 0], [0, 0, 3]])),
    rows: [],
  },
  { // D = (1.1 − 1) − 0.15; in the second G: max(0.5 − 1, 0.1 − 0.4) − 0.15
    title: 'rectangles',
    network: net(
      line('a', 'tunnel', [[-5, 0, 0], [5, 0, 0]], { widthM: 2, heightM: 0.8 }),
      alongX('b', 'water', 1.1, 0), alongX('c', 'water', -0.5, 0.1, { owner: 'p' }),
    ),
    rows: [['a', 'b', 'hard', 0, 1.1 - 1 - 0.15], ['a', 'c', 'hard', 0, -0.3 - 0.15]],
  },
  { // zone 1.4 reaches 0.4 m along c; beyond, c is 1 m from a: G_h = 1 − 0.4
    title: 'a zone spreads through a node',
    network: net(alongX('a', 'water', 0, 0), line('b', 'sewer_foul', [[0, -3, -1], [0, 1, -1]]), line('c', 'sewer_foul', [[0, 1, -1], [5, 1, -1]])),
    rows: [['a', 'c', 'horizontal', 1, 1 - 0.4]],
  },
  { // b meets at 20°, c at 90°: θ = 90° for both; b leaves the zone 1.4 m out, 1.4·sin 20° from a
    title: 'a crossing at a node takes the largest angle',
    network: net(alongX('a', 'water', 0, 0), line('b', 'sewer_foul', [[-5 * cos20, -5 * sin20, -1], [0, 0, -1]]), line('c', 'sewer_foul', [[0, 0, -1], [0, 5, -1]])),
    rows: [['a', 'b', 'horizontal', 1, 1.4 * sin20 - 0.4]],
  },
  { // diameter 0.2 is small (inclusive): w = 0.1 + 0.25; G_h = 1 − 0.35 = 0.65 < 0.75
    title: 'the diameter bound is inclusive',
    network: net(alongX('a', 'water', 0, 0, { diameterM: 0.2 }), alongX('b', 'sewer_foul', 1, 0)),
    rows: [['a', 'b', 'horizontal', 0.75, 1 - 0.35]],
  },
  { // only gas above sewer has a cell: h = 0.15 + 0.25, G_v = 0.45 − 0.4 = 0.05; the mirrored crossing has no limit
    title: 'a one-sided vertical cell',
    network: net(alongX('a', 'gas', 0, 0), alongY('b', 'sewer_foul', -3, -0.45), alongY('c', 'sewer_foul', 3, 0.45)),
    rows: [['a', 'b', 'vertical', 0.15, 0.45 - 0.4]],
  },
  { // removed takes no part, abandoned does
    title: 'removed and abandoned',
    network: net(alongX('a', 'water', 0, 0), alongY('b', 'sewer_foul', 0, -0.6, { status: 'removed' }), alongY('c', 'sewer_foul', 2, -0.6, { status: 'abandoned' })),
    rows: [['a', 'c', 'vertical', 0.4, 0.6 - 0.4]],
  },
  { // G_h = 0.9 − 0.4 = 0.5 < 1 and G_v = 0.6 − 0.4 = 0.2 < 0.4
    title: 'either: both gaps too small',
    pack: { ...HAND_PACK, semantics: 'either' },
    network: net(alongX('a', 'water', 0, 0), alongX('b', 'sewer_foul', 0.9, -0.6), alongX('c', 'sewer_foul', -0.9, -0.9)),
    rows: [['a', 'b', 'either', 0.4, 0.6 - 0.4]],
  },
  { // D = hypot(0.6, 0.5) − 0.4
    title: 'distance',
    pack: { ...HAND_PACK, semantics: 'distance' },
    network: net(alongX('a', 'water', 0, 0), alongX('b', 'sewer_foul', 0.6, -0.5), alongX('c', 'sewer_foul', -0.6, -0.7)),
    rows: [['a', 'b', 'distance', 0.5, Math.hypot(0.6, 0.5) - 0.4]],
  },
]
