import type { Random } from '../../core/random.ts'
import type { CityShape } from './city-shape.ts'
import { layOutStreet } from './street-edge.ts'
import type { Link, Street, StreetNetwork, StreetNode, Vec2 } from './street-graph.ts'
import { WIDTHS, type StreetClass } from './street-section.ts'
import { nameStreets } from './street-names.ts'

/** Nearest that two junctions of one street may be. */
const MIN_JUNCTION_GAP_M = 64
/** Steeper than this, a street is steps (the limit for hill roads of GB 55011 is near 8 %; old towns go further). */
const STEPS_FROM_SLOPE = 0.15
/** Streets fall at least this much towards the outlet, so that sewers can. */
const MIN_STREET_SLOPE = 0.004

/** Where on a ring, in terms that hold for every ring. */
interface RingSite {
  /** −1 south side, 0 tip, 1 north side. */
  readonly side: -1 | 0 | 1
  /** x on a side, polar angle on the tip. */
  readonly t: number
}

export function streetNetwork(shape: CityShape, random: Random): StreetNetwork {
  const nodes: StreetNode[] = []
  const streets: Street[] = []
  const links: Link[] = []

  const addNode = (ring: number, site: RingSite): StreetNode => {
    const r = ring * shape.ringSpacingM
    const [x, y] = basePoint(shape, r, site)
    const before = shape.toPlan(...basePoint(shape, r, nudge(site, -1, r)))
    const after = shape.toPlan(...basePoint(shape, r, nudge(site, 1, r)))
    const node: StreetNode = {
      index: nodes.length, at: shape.toPlan(x, y), ring, edges: [], levelM: shape.naturalLevel(x, y),
      tangent: unit([after[0] - before[0], after[1] - before[1]]),
    }
    nodes.push(node)
    return node
  }
  const addStreet = (fields: Omit<Street, 'index' | 'nameZh' | 'nameEn'>): Street => {
    const street: Street = { index: streets.length, nameZh: '', nameEn: '', ...fields }
    streets.push(street)
    return street
  }

  // The ridge street: nodes where side streets leave to either side, then on through every ring at the tip.
  const ridge = addStreet({ class: 'avenue', role: 'ridge', special: null })
  const ridgeTs = spread(0, shape.spineM, 82, random)
  const ridgeNodes = [0, ...ridgeTs].map(t => addNode(0, { side: 1, t }))
  // Ring 0's sites run towards the tip on the south side; the ridge is the same line, so its tangent is +x.
  let inner: { site: RingSite; node: StreetNode; street: Street | null }[] = ridgeNodes.slice(1).map((node, i) => ({
    site: { side: i % 2 === 0 ? 1 : -1, t: ridgeTs[i]! }, node, street: null,
  }))
  let ridgeEnd = ridgeNodes.at(-1)!
  chain(ridgeNodes, ridge, links)

  for (let ring = 1; ring <= shape.ringCount; ring++) {
    const r = ring * shape.ringSpacingM
    const street = addStreet(ringStreet(ring, shape.ringCount))
    const arrivals = inner.map(start => ({ ...start, at: ringPosition(shape, r, start.site) }))
    const tip: RingSite = { side: 0, t: 0 }
    const sites = arrivals.map(arrival => ({ site: arrival.site, at: arrival.at }))
    sites.push({ site: tip, at: ringPosition(shape, r, tip) })
    const classes = new Map(arrivals.map(arrival => [arrival.at, arrival.street?.class ?? climbClass(shape, ring - 1, arrival.site)]))
    const departures = ring === shape.ringCount ? [] : departureSites(shape, r, sites, random)
      // No road goes on as steps: it ends at the contour street instead.
      .filter(({ site, at }) => classes.get(at) !== 'street' || climbClass(shape, ring, site) === 'street')
    const byPosition = new Map<number, StreetNode>()
    for (const { site, at } of [...sites, ...departures, ...neckSites(shape, r)]) if (!byPosition.has(at)) byPosition.set(at, addNode(ring, site))
    chain([...byPosition].sort((a, b) => a[0] - b[0]).map(([, node]) => node), street, links)

    const tipNode = byPosition.get(ringPosition(shape, r, tip))!
    links.push({ from: ridgeEnd, to: tipNode, street: ridge, fromDir: ridgeEnd.ring === 0 ? ridgeEnd.tangent : outward(ridgeEnd), toDir: outward(tipNode) })
    ridgeEnd = tipNode
    const climbs = new Map<number, Street>()
    for (const arrival of arrivals) {
      const node = byPosition.get(arrival.at)!
      const fromDir = arrival.node.ring === 0 ? scale(left(arrival.node.tangent), arrival.site.side) : outward(arrival.node)
      const climb = arrival.street ?? addStreet({ class: classes.get(arrival.at)!, role: 'climb', special: null })
      climbs.set(arrival.at, climb)
      links.push({ from: arrival.node, to: node, street: climb, fromDir, toDir: outward(node) })
    }
    inner = departures.map(({ site, at }) => ({ site, node: byPosition.get(at)!, street: climbs.get(at) ?? null }))
  }

  const byNode = linksByNode(nodes, links)
  drainTowards(ridgeEnd, byNode)
  const edges = links.map((link, index) =>
    layOutStreet(index, link, otherHalfWidth(link, byNode[link.from.index]!), otherHalfWidth(link, byNode[link.to.index]!)))
  for (const edge of edges) {
    edge.from.edges.push(edge)
    edge.to.edges.push(edge)
  }
  nameStreets(streets, random)
  return { streets, nodes, edges, outlet: ridgeEnd, lengthM: edges.reduce((sum, edge) => sum + edge.lengthM, 0) }
}

function ringStreet(ring: number, rings: number): Omit<Street, 'index' | 'nameZh' | 'nameEn'> {
  if (ring === rings) return { class: 'avenue', role: 'quay', special: 'quay' }
  if (ring % 4 === 2 || (rings <= 2 && ring === 1)) return { class: 'avenue', role: 'contour', special: 'heat' }
  return { class: 'street', role: 'contour', special: null }
}

/** Road or steps, by the slope of the natural hill from a ring to the next one out, landings left aside. */
function climbClass(shape: CityShape, ring: number, site: RingSite): StreetClass {
  const [inner, outer] = [basePoint(shape, ring * shape.ringSpacingM, site), basePoint(shape, (ring + 1) * shape.ringSpacingM, site)]
  const fallM = Math.abs(shape.naturalLevel(...inner) - shape.naturalLevel(...outer))
  return fallM / Math.max(20, distance(shape.toPlan(...inner), shape.toPlan(...outer)) - 32) > STEPS_FROM_SLOPE ? 'steps' : 'street'
}

function basePoint(shape: CityShape, r: number, site: RingSite): [number, number] {
  return site.side === 0 ? [shape.spineM + r * Math.cos(site.t), r * Math.sin(site.t)] : [site.t, site.side * r]
}

/** A step of 1 m along the ring's direction (south neck → tip → north neck); the ridge (r = 0) runs towards the tip. */
function nudge(site: RingSite, step: number, r: number): RingSite {
  if (site.side === 0) return { side: 0, t: site.t + step / r }
  return { side: site.side, t: site.t + (r === 0 || site.side === -1 ? step : -step) }
}

/** Arc length of a site along its ring from the south neck, to the millimetre, so that equal sites meet. */
function ringPosition(shape: CityShape, r: number, site: RingSite): number {
  const half = shape.spineM + (Math.PI / 2) * r
  const s = site.side === 0 ? half + site.t * r : site.side === -1 ? site.t : 2 * half - site.t
  return Math.round(s * 1000) / 1000
}

function neckSites(shape: CityShape, r: number): { site: RingSite; at: number }[] {
  return ([-1, 1] as const).map(side => ({ site: { side, t: 0 }, at: ringPosition(shape, r, { side, t: 0 }) }))
}

function siteAt(shape: CityShape, r: number, at: number): RingSite {
  const half = shape.spineM + (Math.PI / 2) * r
  if (at < shape.spineM) return { side: -1, t: at }
  if (at > 2 * half - shape.spineM) return { side: 1, t: 2 * half - at }
  return { side: 0, t: (at - half) / r }
}

/** Where side streets leave ring r outwards: straight on where one arrives within reach, else somewhere new. */
function departureSites(shape: CityShape, r: number, taken: readonly { site: RingSite; at: number }[], random: Random): { site: RingSite; at: number }[] {
  const lengthM = 2 * shape.spineM + Math.PI * r
  const tipAt = ringPosition(shape, r, { side: 0, t: 0 })
  const used = new Set<number>([tipAt])
  const chosen: { site: RingSite; at: number }[] = []
  for (const wish of spread(0, lengthM, 104, random)) {
    const near = taken.filter(other => Math.abs(other.at - wish) < MIN_JUNCTION_GAP_M)
    if (near.some(other => used.has(other.at))) continue
    if (near.length > 1) continue
    const only = near[0]
    const site = only ? only.site : siteAt(shape, r, wish)
    const at = only ? only.at : ringPosition(shape, r, site)
    if (chosen.some(other => Math.abs(other.at - at) < MIN_JUNCTION_GAP_M) || Math.abs(tipAt - at) < MIN_JUNCTION_GAP_M) continue
    used.add(at)
    chosen.push({ site, at })
  }
  return chosen
}

/** Positions from `low` to `high`, about `stepM` apart and at least MIN_JUNCTION_GAP_M, clear of both ends. */
function spread(low: number, high: number, stepM: number, random: Random): number[] {
  const positions: number[] = []
  let at = low + random.range(0.7, 1) * stepM
  while (at < high - MIN_JUNCTION_GAP_M) {
    positions.push(at)
    at += Math.max(MIN_JUNCTION_GAP_M, stepM * random.range(0.8, 1.4))
  }
  return positions
}

function chain(nodes: readonly StreetNode[], street: Street, links: Link[]): void {
  for (let i = 1; i < nodes.length; i++) links.push({ from: nodes[i - 1]!, to: nodes[i]!, street, fromDir: nodes[i - 1]!.tangent, toDir: nodes[i]!.tangent })
}

/** Half of the widest other street that meets the link's street at a node; 0 where none does. */
function otherHalfWidth(link: Link, met: readonly Link[]): number {
  return met.reduce((most, other) => (other.street === link.street ? most : Math.max(most, WIDTHS[other.street.class].halfM)), 0)
}

function linksByNode(nodes: readonly StreetNode[], links: readonly Link[]): readonly Link[][] {
  const byNode: Link[][] = nodes.map(() => [])
  for (const link of links) for (const node of [link.from, link.to]) byNode[node.index]!.push(link)
  return byNode
}

/** Raises nodes so that from each a street falls all the way to the outlet (priority flood over the street graph). */
function drainTowards(outlet: StreetNode, byNode: readonly Link[][]): void {
  const done = new Set<StreetNode>()
  const queue: StreetNode[] = [outlet]
  const queued = new Set<StreetNode>(queue)
  while (queue.length > 0) {
    let lowest = 0
    for (let i = 1; i < queue.length; i++) if (queue[i]!.levelM < queue[lowest]!.levelM) lowest = i
    const node = queue[lowest]!
    queue[lowest] = queue.at(-1)!
    queue.pop()
    done.add(node)
    for (const link of byNode[node.index]!) {
      const other = link.from === node ? link.to : link.from
      if (done.has(other)) continue
      const least = node.levelM + MIN_STREET_SLOPE * distance(node.at, other.at)
      if (other.levelM < least) other.levelM = least
      if (!queued.has(other)) {
        queued.add(other)
        queue.push(other)
      }
    }
  }
}

const left = (v: Vec2): Vec2 => [-v[1], v[0]]
const scale = (v: Vec2, f: number): Vec2 => [v[0] * f, v[1] * f]
/** Rings run anticlockwise, so that outwards is to the right. */
const outward = (node: StreetNode): Vec2 => [node.tangent[1], -node.tangent[0]]
const distance = (a: Vec2, b: Vec2): number => Math.hypot(a[0] - b[0], a[1] - b[1])
const unit = (v: Vec2): Vec2 => scale(v, 1 / Math.hypot(v[0], v[1]))
