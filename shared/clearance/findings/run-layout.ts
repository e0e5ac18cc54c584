import type { Vec3 } from '../../twin/asset.ts'
import { lengthOf, type ClearanceNetwork } from '../network/network.ts'
import type { Member } from '../joints/places.ts'
import { continuation } from '../network/runs.ts'
import type { World } from '../worlds/world.ts'

/** An asset in its run: which way it lies and what comes before it. */
interface Link {
  readonly asset: number
  readonly isReversed: boolean
  /** Segments and plan length before it. */
  readonly segmentsBefore: number
  readonly chainageBeforeM: number
}

/** The assets of one run in their order, so that places on it can be compared: a position counts segments from the run's start. */
export class RunLayout {
  readonly #network: ClearanceNetwork
  readonly #links: Link[] = []
  readonly #byAsset = new Map<number, Link>()

  /**
   * @param leader The asset with the lowest id: the run starts at the end that is nearer to it, counted in assets, or its own first.
   * @param isAlone Whether it is known to be the only asset of its run: then nobody looks where it goes on.
   */
  constructor(world: World, leader: number, isAlone = false) {
    this.#network = world.network
    const back = isAlone ? [] : walk(world, leader, 0)
    const isRing = back.length > 0 && back.at(-1)!.asset === leader
    const ahead = isAlone || isRing ? [] : walk(world, leader, 1)
    const steps = isRing
      ? [{ asset: leader, isReversed: true }, ...back.slice(0, -1)]
      : [...back.reverse().map(step => ({ asset: step.asset, isReversed: !step.isReversed })), { asset: leader, isReversed: false }, ...ahead]
    // From whichever end the leader is nearer to; the end of the lower vertex order where it is in the middle.
    const ordered = !isRing && back.length > ahead.length ? steps.reverse().map(step => ({ asset: step.asset, isReversed: !step.isReversed })) : steps
    let [segments, chainage] = [0, 0]
    for (const { asset, isReversed } of ordered) {
      const link = { asset, isReversed, segmentsBefore: segments, chainageBeforeM: chainage }
      this.#links.push(link)
      this.#byAsset.set(asset, link)
      segments += this.#segmentsOf(asset)
      chainage += lengthOf(this.#network, asset)
    }
  }

  /** The assets of the run in their order, with the way each lies. */
  get links(): readonly { readonly asset: number; readonly isReversed: boolean }[] {
    return this.#links
  }

  /** Position of a share of a segment (first vertex). */
  positionOf(asset: number, segment: number, share: number): number {
    const link = this.#byAsset.get(asset)!
    const along = segment - this.#network.vertexStart[asset]! + share
    return link.segmentsBefore + (link.isReversed ? this.#segmentsOf(asset) - along : along)
  }

  /** Point (local frame) and plan chainage of a position. */
  at(position: number): { point: Vec3; chainageM: number } {
    const { xyz, chainageM, vertexStart } = this.#network
    const link = this.#links.findLast(candidate => candidate.segmentsBefore <= position + 1e-9) ?? this.#links[0]!
    const count = this.#segmentsOf(link.asset)
    const along = Math.min(count, Math.max(0, link.isReversed ? count - (position - link.segmentsBefore) : position - link.segmentsBefore))
    const v = vertexStart[link.asset]! + Math.min(count - 1, Math.floor(along))
    const x = along - (v - vertexStart[link.asset]!)
    const mix = (p: number, q: number): number => p + x * (q - p)
    const along2 = mix(chainageM[v]!, chainageM[v + 1]!)
    return {
      point: [mix(xyz[3 * v]!, xyz[3 * v + 3]!), mix(xyz[3 * v + 1]!, xyz[3 * v + 4]!), mix(xyz[3 * v + 2]!, xyz[3 * v + 5]!)],
      chainageM: link.chainageBeforeM + (link.isReversed ? lengthOf(this.#network, link.asset) - along2 : along2),
    }
  }

  #segmentsOf(asset: number): number {
    return this.#network.vertexStart[asset + 1]! - this.#network.vertexStart[asset]! - 1
  }
}

interface Step {
  readonly asset: number
  readonly isReversed: boolean
}

/** Assets met one after the other when leaving an asset by its first (0) or last (1) end; ends with the asset itself where the run is a ring. */
function walk(world: World, start: number, end: 0 | 1): Step[] {
  const { network } = world
  const steps: Step[] = []
  let asset = start
  let leavingBy: 0 | 1 = end
  for (;;) {
    const next = nextOf(world, asset, leavingBy)
    if (!next) return steps
    steps.push({ asset: next.asset, isReversed: next.end === 1 })
    if (next.asset === start || steps.length > network.assetCount) return steps
    asset = next.asset
    leavingBy = next.end === 0 ? 1 : 0
  }
}

/** The end by which the run goes on where an asset is left by its first (0) or last (1) end; null where the run ends. */
function nextOf(world: World, asset: number, end: 0 | 1): Member | null {
  const { group } = world.network
  for (const place of world.placesOf(asset)) {
    const pair = continuation(place.members, group[asset]!, group)
    if (!pair) continue
    const [p, q] = pair
    if (p.asset === asset && p.end === end) return q
    if (q.asset === asset && q.end === end) return p
  }
  return null
}
