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

/** Where the ridge street crosses every ring. */
const TIP: RingSite = { side: 0, t: 0 }

/** A side street on its way outwards: where it left the ring before, and which street it goes on (null: a new one). */
interface Outbound {
  readonly site: RingSite
  readonly node: StreetNode
  readonly street: Street | null
}

/** Streets of the whole hill: the ridge street, a contour street per ring, and climbs from ring to ring. */
export function streetNetwork(shape: CityShape, random: Random): StreetNetwork {
  const planner = new StreetPlanner(shape, random)
  planner.layRidge()
  for (let ring = 1; ring <= shape.ringCount; ring++) planner.layRing(ring)
  return planner.finish()
}

class StreetPlanner {
  readonly #shape: CityShape
  readonly #random: Random
  readonly #nodes: StreetNode[] = []
  readonly #streets: Street[] = []
  readonly #links: Link[] = []
  readonly #ridge: Street
  /** The ridge street's last node so far. */
  #ridgeEnd: StreetNode | null = null
  #outbound: readonly Outbound[] = []

  constructor(shape: CityShape, random: Random) {
    this.#shape = shape
    this.#random = random
    this.#ridge = this.#addStreet({ class: 'avenue', role: 'ridge', special: null })
  }

  /** The ridge street along the spine, with side streets leaving to either side in turn. */
  layRidge(): void {
    const ts = spread(0, this.#shape.spineM, 82, this.#random)
    const nodes = [0, ...ts].map(t => this.#addNode(0, { side: 1, t }))
    this.#chain(nodes, this.#ridge)
    this.#ridgeEnd = nodes.at(-1)!
    this.#outbound = nodes.slice(1).map((node, i) => ({ site: { side: i % 2 === 0 ? 1 : -1, t: ts[i]! }, node, street: null }))
  }

  /** A contour street with what arrives at it from the ring before and what leaves it outwards. */
  layRing(ring: number): void {
    const shape = this.#shape
    const r = ring * shape.ringSpacingM
    const street = this.#addStreet(ringStreet(ring, shape.ringCount))
    const arrivals = this.#outbound.map(start => ({
      ...start, at: ringPosition(shape, r, start.site), class: start.street?.class ?? climbClass(shape, ring - 1, start.site),
    }))
    const tipAt = ringPosition(shape, r, TIP)
    const sites = [...arrivals.map(({ site, at }) => ({ site, at })), { site: TIP, at: tipAt }]
    const departures = ring === shape.ringCount ? [] : departureSites(shape, r, sites, this.#random)
      // No road goes on as steps: it ends at the contour street instead.
      .filter(({ site, at }) => arrivals.find(arrival => arrival.at === at)?.class !== 'street' || climbClass(shape, ring, site) === 'street')
    const byPosition = new Map<number, StreetNode>()
    for (const { site, at } of [...sites, ...departures, ...neckSites(shape, r)]) if (!byPosition.has(at)) byPosition.set(at, this.#addNode(ring, site))
    this.#chain([...byPosition].sort((a, b) => a[0] - b[0]).map(([, node]) => node), street)

    this.#climb(this.#ridgeEnd!, byPosition.get(tipAt)!, this.#ridge, this.#ridgeEnd!.ring === 0 ? this.#ridgeEnd!.tangent : outward(this.#ridgeEnd!))
    this.#ridgeEnd = byPosition.get(tipAt)!
    const climbs = new Map<number, Street>()
    for (const { node, site, at, ...arrival } of arrivals) {
      const climb = arrival.street ?? this.#addStreet({ class: arrival.class, role: 'climb', special: null })
      climbs.set(at, climb)
      this.#climb(node, byPosition.get(at)!, climb, node.ring === 0 ? scale(left(node.tangent), site.side) : outward(node))
    }
    this.#outbound = departures.map(({ site, at }) => ({ site, node: byPosition.get(at)!, street: climbs.get(at) ?? null }))
  }

  finish(): StreetNetwork {
    const [nodes, streets, outlet] = [this.#nodes, this.#streets, this.#ridgeEnd!]
    const byNode = linksByNode(nodes, this.#links)
    drainTowards(outlet, byNode)
    const edges = this.#links.map((link, index) =>
      layOutStreet(index, link, otherHalfWidth(link, byNode[link.from.index]!), otherHalfWidth(link, byNode[link.to.index]!)))
    for (const edge of edges) {
      edge.from.edges.push(edge)
      edge.to.edges.push(edge)
    }
    nameStreets(streets, this.#random)
    return { streets, nodes, edges, outlet, lengthM: edges.reduce((sum, edge) => sum + edge.lengthM, 0) }
  }

  #addNode(ring: number, site: RingSite): StreetNode {
    const shape = this.#shape
    const r = ring * shape.ringSpacingM
    const [x, y] = basePoint(shape, r, site)
    const before = shape.toPlan(...basePoint(shape, r, nudge(site, -1, r)))
    const after = shape.toPlan(...basePoint(shape, r, nudge(site, 1, r)))
    const node: StreetNode = {
      index: this.#nodes.length, at: shape.toPlan(x, y), ring, edges: [], levelM: shape.naturalLevel(x, y),
      tangent: unit([after[0] - before[0], after[1] - before[1]]),
    }
    this.#nodes.push(node)
    return node
  }

  #addStreet(fields: Omit<Street, 'index' | 'nameZh' | 'nameEn'>): Street {
    const street: Street = { index: this.#streets.length, nameZh: '', nameEn: '', ...fields }
    this.#streets.push(street)
    return street
  }

  #chain(nodes: readonly StreetNode[], street: Street): void {
    for (let i = 1; i < nodes.length; i++) {
      const [from, to] = [nodes[i - 1]!, nodes[i]!]
      this.#links.push({ from, to, street, fromDir: from.tangent, toDir: to.tangent })
    }
  }

  #climb(from: StreetNode, to: StreetNode, street: Street, fromDir: Vec2): void {
    this.#links.push({ from, to, street, fromDir, toDir: outward(to) })
  }
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
