import { unattendedJob, type JobControl } from '../../core/job.ts'
import type { PackedStrings } from '../../core/packed-strings.ts'
import { isMandatory } from '../../rules/rule-pack.ts'
import { whoYields, type Yielding, type YieldingSide } from '../../rules/yielding.ts'
import { assetId, assetKind } from '../../twin/asset-columns.ts'
import { ASSET_STATUSES } from '../../twin/kinds.ts'
import { compareText, inProject } from '../network/order-and-frame.ts'
import { unitOf, type Against, type Finding, type RuleName, type Shortfall } from './finding.ts'
import { comparePacked } from '../network/id-order.ts'
import { rankOf, shortOf, verdictOf } from './hit-order.ts'
import type { Hit } from '../pairs/hit.ts'
import type { PreparedClearance } from '../prepare.ts'
import { RunLayout } from './run-layout.ts'
import type { World } from '../worlds/world.ts'

/** Stretches of two runs nearer than this along the run are one: a joint or a lateral's crossing between them parts no problem in two. */
const SAME_STRETCH_M = 0.5

/** Pairs of runs between two looks at whether the user has cancelled. */
const PAIRS_BETWEEN_LOOKS = 256

/** What hits of rule 8 are about where it is no asset. Their `b` is −2 less its number; −1 is the ground. */
export interface HitSubject {
  /** Null: the line itself, in one respect. */
  readonly id: string | null
  readonly against: Against | null
}

export const subjectNumber = (k: number): number => -2 - k

/** Gathers hits and makes one finding of each connected stretch of two runs. */
export class FindingBuilder {
  readonly #prepared: PreparedClearance
  readonly #leaders: Uint32Array
  readonly #subjects: readonly HitSubject[]
  /** Hits by side a's run, then side b's; below 0 is no run. */
  readonly #byRuns = new Map<number, Map<number, Hit[]>>()
  /** Ids that have been read: most are asked for several times. */
  readonly #ids = new Map<number, string>()
  /** Class ids of each signature, once asked for. */
  readonly #classes: ReadonlySet<string>[] = []

  /** @param leaders Asset with the lowest id of each run. */
  constructor(prepared: PreparedClearance, leaders: Uint32Array, subjects: readonly HitSubject[] = []) {
    this.#prepared = prepared
    this.#leaders = leaders
    this.#subjects = subjects
  }

  /** Hits of one pair of assets; of cover, b is −1, of rule 8 perhaps less. */
  add(hits: readonly Hit[]): void {
    const { ofAsset } = this.#prepared.runs
    for (const hit of hits) {
      const a = ofAsset[hit.a]!
      const b = hit.b < 0 ? hit.b : ofAsset[hit.b]!
      let row = this.#byRuns.get(a)
      if (!row) this.#byRuns.set(a, (row = new Map()))
      const list = row.get(b)
      if (list) list.push(hit)
      else row.set(b, [hit])
    }
  }

  /** Id of an asset. */
  idOf(asset: number): string {
    let id = this.#ids.get(asset)
    if (id === undefined) this.#ids.set(asset, (id = assetId(this.#prepared.columns, asset)))
    return id
  }

  /** Every finding, sorted by identity. @throws CancelledError */
  build(world: World, job: JobControl = unattendedJob): Finding[] {
    const findings: Finding[] = []
    const isLong = this.#longRuns()
    let pairs = 0
    for (const [a, row] of this.#byRuns) {
      const layout = new RunLayout(world, this.#leaders[a]!, isLong[a] === 0)
      for (const [b, hits] of row) {
        if (pairs++ % PAIRS_BETWEEN_LOOKS === 0) job.throwIfCancelled()
        const ordinals = new Map<RuleName, number>()
        for (const stretch of connect(hits, layout, this.#prepared.columns.ids)) {
          const finding = this.#finding(a, b, stretch, layout, ordinals)
          if (finding) findings.push(finding)
        }
      }
    }
    return findings.sort((m, n) => compareText(m.id, n.id))
  }

  /** 1 where a run has more than one asset, by its number: that of its lowest asset. */
  #longRuns(): Uint8Array {
    const { ofAsset } = this.#prepared.runs
    const isLong = new Uint8Array(ofAsset.length)
    for (let asset = 0; asset < ofAsset.length; asset++) if (ofAsset[asset] !== asset) isLong[ofAsset[asset]!] = 1
    return isLong
  }

  #finding(a: number, b: number, hits: readonly Placed[], layout: RunLayout, ordinals: Map<RuleName, number>): Finding | null {
    const { columns } = this.#prepared
    const isShort = hits.some(({ hit }) => hit.isShort)
    const told = hits.filter(({ hit }) => hit.isShort === isShort)
    const [leader, ...others] = worstByRule(told)
    if (!leader) return null
    let first = Infinity
    let last = -Infinity
    for (const place of told) {
      first = Math.min(first, place.from)
      last = Math.max(last, place.to)
    }
    const from = layout.at(first)
    const to = layout.at(last)
    const ordinal = (ordinals.get(leader.rule) ?? 0) + 1
    ordinals.set(leader.rule, ordinal)
    const runs = b < 0 ? this.idOf(this.#leaders[a]!) : `${this.idOf(this.#leaders[a]!)}|${this.idOf(this.#leaders[b]!)}`
    const subject = b < -1 ? this.#subjects[subjectNumber(b)]! : null
    const unit = unitOf(leader.rule)
    return {
      ...this.#shortfall(leader),
      id: `${subject?.id ? `${runs}|${subject.id}` : runs}|${leader.rule}|${ordinal}`,
      a: this.#idsOf(told, 'a'),
      b: b >= 0 ? this.#idsOf(told, 'b') : subject?.id ? [subject.id] : [],
      ...(subject?.against && { against: subject.against }),
      ...(unit !== 'm' && { unit }),
      verdict: verdictOf(leader, this.#prepared.pack.touchBandM),
      mandatory: leader.limit === null || isMandatory(leader.limit.basis),
      uncertaintyM: leader.uncertaintyM,
      stretch: { from: inProject(from.point, columns.origin), to: inProject(to.point, columns.origin), fromChainageM: from.chainageM, toChainageM: to.chainageM },
      yields: b < 0 ? null : this.#yields(leader.a, leader.b),
      others: isShort ? others.map(hit => this.#shortfall(hit)) : [],
    }
  }

  /** Ids of one side of hits, each once, sorted. */
  #idsOf(told: readonly Placed[], side: 'a' | 'b'): string[] {
    const assets: number[] = []
    for (const { hit } of told) if (!assets.includes(hit[side])) assets.push(hit[side])
    return assets.map(asset => this.idOf(asset)).sort(compareText)
  }

  #shortfall(hit: Hit): Shortfall {
    const { origin } = this.#prepared.columns
    return {
      rule: hit.rule, required: hit.required, found: hit.found, shortfall: shortOf(hit),
      clause: hit.limit?.clause ?? '', basis: hit.limit?.basis ?? 'quoted',
      at: { a: inProject(hit.p, origin), b: inProject(hit.q, origin) },
      ...(hit.limit?.pack !== undefined && { pack: hit.limit.pack }),
      ...(hit.surface && { surface: hit.surface }),
      ...(hit.horizontal && { horizontal: hit.horizontal }),
    }
  }

  #yields(a: number, b: number): Yielding | null {
    return whoYields(this.#yieldingSide(a), this.#yieldingSide(b), this.#prepared.pack.yielding)
  }

  #yieldingSide(asset: number): YieldingSide {
    const { columns, pack, signatures } = this.#prepared
    const signature = signatures.ofAsset[asset]!
    return {
      kind: assetKind(columns, asset),
      diameterM: 2 * Math.max(columns.halfWidthM[asset]!, columns.halfHeightM[asset]!),
      isPlanned: ASSET_STATUSES[columns.status[asset]!] === 'planned',
      classes: (this.#classes[signature] ??= new Set((signatures.classes[signature] ?? []).map(id => pack.classes[id]!.id))),
    }
  }
}

interface Placed {
  readonly hit: Hit
  /** Positions along run a, from ≤ to. */
  readonly from: number
  readonly to: number
}

/** Sorts hits along the run and parts them where nothing is broken in between. */
function connect(hits: readonly Hit[], layout: RunLayout, ids: PackedStrings): Placed[][] {
  const placed = hits
    .map(hit => {
      const [p, q] = [layout.positionOf(hit.a, hit.segmentA, hit.from), layout.positionOf(hit.a, hit.segmentA, hit.to)]
      return { hit, from: Math.min(p, q), to: Math.max(p, q) }
    })
    .sort((m, n) => m.from - n.from || m.to - n.to || compareHits(m.hit, n.hit, ids))
  const stretches: Placed[][] = []
  let end = -Infinity
  for (const place of placed) {
    if (place.from > end && isApart(layout, end, place.from)) stretches.push([])
    stretches.at(-1)!.push(place)
    end = Math.max(end, place.to)
  }
  return stretches
}

/** Hits of one stretch in an order that does not hang on that of the file. */
function compareHits(m: Hit, n: Hit, ids: PackedStrings): number {
  const byRule = rankOf(m.rule) - rankOf(n.rule) || compareText(m.rule, n.rule) || shortOf(n) - shortOf(m)
  if (byRule !== 0 || m.b < 0 || n.b < 0) return byRule || m.b - n.b
  return comparePacked(ids, m.a, n.a) || comparePacked(ids, m.b, n.b) || m.segmentA - n.segmentA || m.segmentB - n.segmentB
}

function isApart(layout: RunLayout, end: number, start: number): boolean {
  if (end === -Infinity) return true
  const [p, q] = [layout.at(end), layout.at(start)]
  return q.chainageM - p.chainageM > SAME_STRETCH_M || Math.abs(q.point[2] - p.point[2]) > SAME_STRETCH_M
}

/** The greatest shortfall of each rule (of cover, of each use of the ground), the leading one first. Touching says nothing where the same stretch is hard. */
function worstByRule(placed: readonly Placed[]): Hit[] {
  if (placed.length === 1) return [placed[0]!.hit]
  const worst = new Map<string, Hit>()
  for (const { hit } of placed) {
    const key = hit.surface ? `${hit.rule} ${hit.surface.surface}` : hit.rule
    const known = worst.get(key)
    if (!known || shortOf(hit) > shortOf(known)) worst.set(key, hit)
  }
  if (worst.has('hard')) worst.delete('touching')
  return [...worst.values()].sort((m, n) => rankOf(m.rule) - rankOf(n.rule) || shortOf(n) - shortOf(m) || compareText(m.rule, n.rule))
}
