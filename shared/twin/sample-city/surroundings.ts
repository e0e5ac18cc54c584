import type { Random } from '../../core/random.ts'
import type { Block, SurfaceFeature, SurfaceFeatureType } from '../surface-feature.ts'
import { plotFinder, streetFinder, type Plot } from './buildings.ts'
import type { CityShape } from './city-shape.ts'
import { openings, throughHalfM } from './junctions.ts'
import { surveyedPlan } from './ledger.ts'
import { beside } from './street-edge.ts'
import type { StreetEdge, StreetNetwork, StreetNode, Vec2 } from './street-graph.ts'
import { WIDTHS } from './street-section.ts'
import { landBounds, type Bounds } from './terrain.ts'

const PROMENADE_M = 12

/** What stands and lies on the ground: streets by use, kerbs, centre lines, buildings, trees, lights, parks and rivers. */
export function surroundings(shape: CityShape, network: StreetNetwork, plots: readonly Plot[], random: Random): SurfaceFeature[] {
  const features: SurfaceFeature[] = []
  const counts = new Map<SurfaceFeatureType, number>()
  const add = (type: SurfaceFeatureType, geometry: SurfaceFeature['geometry'], points: readonly Vec2[], fields: Partial<Pick<SurfaceFeature, 'name' | 'heightM' | 'attributes'>> = {}): void => {
    const number = (counts.get(type) ?? 0) + 1
    counts.set(type, number)
    features.push({ id: `${type}-${String(number).padStart(4, '0')}`, type, geometry, points: points.map(([x, y]) => surveyedPlan(x, y)), name: '', attributes: NO_ATTRIBUTES, ...fields })
  }
  rivers(shape, landBounds(shape)).forEach((ring, i) => add('water_body', 'polygon', ring, { name: i === 0 ? '北江 North River' : '南江 South River' }))
  for (const edge of network.edges) addStreet(edge, add)
  for (const plot of plots) {
    if (plot.heightM > 0) add('building', 'polygon', plot.corners, { heightM: plot.heightM, attributes: { storeys: Math.round(plot.heightM / 3) } })
    else {
      add('green', 'polygon', plot.corners, { name: '口袋公园 Pocket park' })
      for (const corner of plot.corners) add('tree', 'point', [mix(plot.centre, corner, 0.55)], { heightM: Math.round(random.range(6, 11)) })
    }
  }
  scatterTrees(shape, network, plots, random, point => add('tree', 'point', [point], { heightM: Math.round(random.range(5, 14)) }))
  return features
}

type Add = (type: SurfaceFeatureType, geometry: SurfaceFeature['geometry'], points: readonly Vec2[], fields?: Partial<Pick<SurfaceFeature, 'name' | 'heightM' | 'attributes'>>) => void

const NO_ATTRIBUTES = {}

function addStreet(edge: StreetEdge, add: Add): void {
  const { street } = edge
  const { halfM, kerbM, treeM } = WIDTHS[street.class]
  const name = `${street.nameZh} ${street.nameEn}`
  add('street_centreline', 'line', edge.stations.map(({ x, y }): Vec2 => [x, y]), { name, attributes: { nameZh: street.nameZh, nameEn: street.nameEn, class: street.class } })
  if (kerbM === 0) {
    const [from, to] = [throughHalfM(edge, edge.from, 'halfM'), throughHalfM(edge, edge.to, 'halfM')]
    add('footway', 'polygon', strip(edge, -halfM, halfM, from, to), { name, attributes: { steps: true } })
    return
  }
  add('roadway', 'polygon', strip(edge, -kerbM, kerbM, throughHalfM(edge, edge.from, 'kerbM'), throughHalfM(edge, edge.to, 'kerbM')), { name })
  for (const side of [-1, 1] as const) {
    const [from, to] = [mouth(edge, edge.from, side), mouth(edge, edge.to, side)]
    add('footway', 'polygon', strip(edge, side * kerbM, side * halfM, from, to), { name })
    add('kerb', 'line', along(edge, side * kerbM, kerbStart(edge, edge.from, side), kerbStart(edge, edge.to, side)))
    for (let i = 2; i + 2 < edge.stations.length; i++) {
      const point = beside(edge, i, side * treeM)
      if (i % 3 === 0) add('pole', 'point', [point], { heightM: 9, attributes: { use: 'street light' } })
      else add('tree', 'point', [point], { heightM: 8 })
    }
  }
  if (street.role === 'quay') add('green', 'polygon', strip(edge, halfM, halfM + PROMENADE_M, 0, 0), { name: '滨江绿带 Riverside green' })
}

/** A side street's kerbs meet those of the street it opens into: what lies in that street's footway passes under them. */
function kerbStart(edge: StreetEdge, node: StreetNode, side: -1 | 1): number {
  return throughHalfM(edge, node, 'kerbM') || mouth(edge, node, side)
}

/** How far a side street's mouth cuts into a street's footway at a node. */
function mouth(edge: StreetEdge, node: StreetNode, side: -1 | 1): number {
  const own = throughHalfM(edge, node, 'halfM')
  if (own > 0) return own
  return openings(edge, node).filter(opening => opening.side === side).reduce((most, opening) => Math.max(most, WIDTHS[opening.class].kerbM), 0)
}

/** Line at an offset, cut back by `from` and `to` metres at its ends (which are straight there). */
function along(edge: StreetEdge, offsetM: number, from: number, to: number): Vec2[] {
  const last = edge.stations.length - 1
  const points = edge.stations.map((_, i) => beside(edge, i, offsetM))
  const cut = (a: Vec2, b: Vec2, byM: number): Vec2 => mix(a, b, byM / Math.hypot(b[0] - a[0], b[1] - a[1]))
  const [start, end] = [cut(points[0]!, points[1]!, from), cut(points[last]!, points[last - 1]!, to)]
  return [start, ...points.slice(1, last), end]
}

const strip = (edge: StreetEdge, innerM: number, outerM: number, from: number, to: number): Vec2[] =>
  [...along(edge, outerM, from, to), ...along(edge, innerM, from, to).reverse()]

const mix = (a: Vec2, b: Vec2, t: number): Vec2 => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]

/** Trees on the slopes between the terraces and on the embankment, thicker where it is wild. */
function scatterTrees(shape: CityShape, network: StreetNetwork, plots: readonly Plot[], random: Random, add: (point: Vec2) => void): void {
  const onPlot = plotFinder(plots)
  const nearStreet = streetFinder(network, 5)
  const { minX, minY, maxX, maxY } = landBounds(shape)
  const areaM2 = 2 * shape.spineM * shape.quayM + (Math.PI / 2) * shape.quayM ** 2
  const wanted = Math.min(60_000, Math.round(areaM2 / 500))
  for (let i = 0; i < wanted; i++) {
    const r = random.range(4, shape.quayM + 26)
    const x = random.range(-130, shape.spineM + r)
    const y = Math.sqrt(Math.max(0, x <= shape.spineM ? r * r : r * r - (x - shape.spineM) ** 2)) * (random.chance(0.5) ? 1 : -1)
    const point = shape.toPlan(x, y)
    const isOnLand = point[0] > minX && point[0] < maxX && point[1] > minY && point[1] < maxY
    if (isOnLand && !onPlot(point) && !nearStreet(point)) add(point)
  }
}

/** The two rivers up to the edge of the terrain, meeting off the tip. */
function rivers(shape: CityShape, bounds: Bounds): Vec2[][] {
  const inset = 4
  const clamp = ([x, y]: Vec2): Vec2 => [Math.min(bounds.maxX - inset, Math.max(bounds.minX + inset, x)), Math.min(bounds.maxY - inset, Math.max(bounds.minY + inset, y))]
  return ([1, -1] as const).map(side => {
    const shore: Vec2[] = []
    for (let x = -160; x < shape.spineM; x += 20) shore.push(shape.toPlan(x, side * shape.shoreM))
    for (let i = 0; i <= 24; i++) {
      const angle = (side * (24 - i) * Math.PI) / 48
      shore.push(shape.toPlan(shape.spineM + shape.shoreM * Math.cos(angle), shape.shoreM * Math.sin(angle)))
    }
    const tip = shore.at(-1)!
    const farY = side === 1 ? bounds.maxY : bounds.minY
    const ring: Vec2[] = [...shore.filter(([x]) => x > bounds.minX + inset), [bounds.maxX, tip[1]], [bounds.maxX, farY], [bounds.minX, farY]]
    const first = ring[0]!
    ring.push([bounds.minX, first[1]])
    return ring.map(clamp)
  })
}

const QUARTERS: readonly (readonly [string, string])[] = [
  ['望江', 'Wangjiang'], ['听涛', 'Tingtao'], ['半山', 'Banshan'], ['码头', 'Matou'], ['云台', 'Yuntai'], ['橘园', 'Juyuan'], ['青石', 'Qingshi'], ['书院', 'Shuyuan'],
]

/** Blocks of responsibility: the hill cut across the ridge and at half height, each answered for by one body. */
export function responsibilityBlocks(shape: CityShape): Block[] {
  const blocks: Block[] = []
  const columns = Math.max(2, Math.round(shape.spineM / 420))
  const bands = Math.max(1, Math.round(shape.ringCount / 2.5))
  const reach = shape.shoreM
  for (const side of [1, -1] as const) {
    for (let band = 0; band < bands; band++) {
      const [low, high] = [(reach * band) / bands, (reach * (band + 1)) / bands]
      for (let column = 0; column <= columns; column++) {
        const tip = column === columns
        const [x0, x1] = [(shape.spineM * column) / columns - (column === 0 ? 30 : 0), (shape.spineM * (column + 1)) / columns]
        const edge = (r: number): Vec2[] => Array.from({ length: 13 }, (_, i): Vec2 => {
          const angle = (side * Math.PI * (12 - i)) / 24
          return tip ? shape.toPlan(shape.spineM + r * Math.cos(angle), r * Math.sin(angle)) : shape.toPlan(x0 + ((x1 - x0) * i) / 12, side * r)
        })
        const ring = low === 0 && tip ? [shape.toPlan(shape.spineM, 0), ...edge(high)] : [...edge(low).reverse(), ...edge(high)]
        const [zh, en] = QUARTERS[blocks.length % QUARTERS.length]!
        const round = Math.floor(blocks.length / QUARTERS.length)
        const number = round === 0 ? '' : ` ${round + 1}`
        blocks.push({
          id: `PQ-${String(blocks.length + 1).padStart(2, '0')}`, name: `${zh}片区${number} ${en} Quarter${number}`,
          responsible: `示例${zh}街道办事处${number} (Sample ${en} Subdistrict Office${number})`,
          ring: ring.map(([x, y]) => surveyedPlan(x, y)),
        })
      }
    }
  }
  return blocks
}
