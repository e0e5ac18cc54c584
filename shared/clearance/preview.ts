import { packStrings } from '../core/packed-strings.ts'
import { classesOf } from '../rules/asset-classes.ts'
import { isMandatory, type Basis } from '../rules/rule-pack.ts'
import { assetId } from '../twin/asset-columns.ts'
import type { OuterSection, Vec3 } from '../twin/asset.ts'
import { ASSET_KINDS, type AssetKind, type Laying, type PressureClass } from '../twin/kinds.ts'
import { candidatesOf, type Candidate } from './candidates.ts'
import { CoverTester } from './cover/cover-check.ts'
import type { Against, RuleName, SurfaceThere, Verdict } from './findings/finding.ts'
import { isWorse, shortOf, rankOf, verdictOf } from './findings/hit-order.ts'
import { comparePacked } from './network/id-order.ts'
import { LaidWorld, type RouteToLay } from './worlds/laid-world.ts'
import { groupOf, type ClearanceNetwork } from './network/network.ts'
import { siteSubject, type LineSite } from './line-rules/line-tester.ts'
import { RouteLines } from './line-rules/route-lines.ts'
import { RouteSurroundings } from './line-rules/route-surroundings.ts'
import { PairScreen } from './screens/pair-screen.ts'
import { PairTester, type Hit } from './pairs/pair-tester.ts'
import type { PreparedClearance } from './prepare.ts'

/** The route being drawn or dragged. A `Proposal` fits once its axis is in the local frame. */
export interface PreviewRoute {
  readonly id: string
  readonly kind: AssetKind
  readonly owner: string
  readonly section: OuterSection
  /** Local frame (project CRS less `origin`), metres; at least two vertices. */
  readonly axis: readonly Vec3[]
  readonly laying?: Laying
  readonly pressureClass?: PressureClass
  readonly voltageKv?: number
}

export interface PreviewOptions {
  /** Id of the asset of the prepared network that this route takes the place of: the proposal as it was before the drag. */
  readonly replaces?: string
  /** Segments whose figures are wanted (0 … axis.length − 2); all where absent. Joints and zones always see the whole route. */
  readonly segments?: readonly number[]
  /** Whether rule 8 is asked too, as far as it is about lines (`RouteLines`). */
  readonly lines?: boolean
  /** What stands around the route (`lineSite`): rule 8 is asked of that too where it is given. */
  readonly site?: LineSite | null
}

/** What one rule says about one segment of the route and one other asset, or the ground. Metres. */
export interface PreviewShortfall {
  readonly rule: RuleName
  readonly required: number
  readonly found: number
  readonly shortfall: number
  /** Short as drawn; else only possible within the uncertainty of the other's position. */
  readonly isShort: boolean
  readonly verdict: Verdict
  readonly clause: string
  readonly basis: Basis
  /** Contact, or a quoted cell. */
  readonly mandatory: boolean
  /** The other asset: index into the prepared columns, and id; null for cover, for what concerns the route alone, and for what stands around. */
  readonly other: { readonly asset: number; readonly id: string } | null
  /** What stands around, by id and sort. */
  readonly around?: { readonly id: string; readonly against: Against }
  /** Nearest points on the route's axis and on the other's (cover: the ground above), local frame. */
  readonly at: { readonly route: Vec3; readonly other: Vec3 }
  readonly surface?: SurfaceThere
}

export interface PreviewSegment {
  readonly segment: number
  /** The governing one first: short before possible, then in the order in which rules lead, then by shortfall. Never empty. */
  readonly shortfalls: readonly PreviewShortfall[]
}

/** Tests a route against a prepared network at the speed of a drag, with the figures the full check gives. */
export interface ClearancePreview {
  /** Segments with something to say, ascending. */
  previewRoute(route: PreviewRoute, options?: PreviewOptions): readonly PreviewSegment[]
  /**
   * Whether anything is short as drawn: the same answer as rows of `previewRoute` that are short, found sooner, since the first
   * is enough. Touching counts.
   */
  isShort(route: PreviewRoute, options?: Pick<PreviewOptions, 'replaces' | 'segments'>): boolean
  /** Only what stands around is asked about. */
  previewAround(route: PreviewRoute, site: LineSite, options?: Pick<PreviewOptions, 'replaces' | 'segments'>): readonly PreviewSegment[]
}

export function createPreview(prepared: PreparedClearance): ClearancePreview {
  const world = new LaidWorld(prepared)
  const { columns, pack } = prepared
  const lines = new RouteLines(prepared, world)
  let around: RouteSurroundings | null = null
  const laid = laidAs(prepared, world)
  let tester: PairTester | null = null
  let cover: CoverTester | null = null
  let screened: { readonly network: ClearanceNetwork; readonly signatures: number; readonly screen: PairScreen } | null = null
  let replaces: { id: string; asset: number } | null = null
  /** The other asset that broke a limit last. */
  let lastBroken = -1

  const assetOf = (id: string | undefined): number => {
    if (id === undefined) return -1
    if (replaces?.id !== id) replaces = { id, asset: lastIndexOfId(prepared, id) }
    return replaces.asset
  }

  /** The screen of this frame: made anew where the route has outgrown its arrays or brought a new signature. */
  const screenOfRoute = (): PairScreen => {
    const signatures = world.limits.signatureCount
    if (screened?.network !== world.network || screened.signatures !== signatures) {
      screened = { network: world.network, signatures, screen: new PairScreen(world, prepared.places, signatures) }
    }
    const route = world.routeAsset
    screened.screen.beginRoute(route, world.placesOf(route).flatMap(({ members }) => members.flatMap(({ asset, x, y }) => (asset === route ? [x, y] : []))))
    return screened.screen
  }

  const tell = (hit: Hit, site: LineSite | null): PreviewShortfall => {
    const isFirst = hit.a === world.routeAsset
    const other = isFirst ? hit.b : hit.a
    const subject = site && other < 0 ? siteSubject(site, other) : null
    return {
      rule: hit.rule, required: hit.required, found: hit.found, shortfall: shortOf(hit), isShort: hit.isShort,
      verdict: verdictOf(hit, pack.touchBandM), clause: hit.limit?.clause ?? '', basis: hit.limit?.basis ?? 'quoted',
      mandatory: hit.limit === null || isMandatory(hit.limit.basis),
      other: other < 0 ? null : { asset: other, id: assetId(columns, other) },
      ...(subject?.id && subject.against && { around: { id: subject.id, against: subject.against } }),
      at: isFirst ? { route: hit.p, other: hit.q } : { route: hit.q, other: hit.p },
      ...(hit.surface && { surface: hit.surface }),
    }
  }

  const aroundRoute = (): RouteSurroundings => (around ??= new RouteSurroundings(prepared, world))

  /** What is asked about the route as it is laid, and what was answered so far. */
  const frame = (segments: readonly number[] | undefined, site: LineSite | null) => {
    const asset = world.routeAsset
    const first = world.network.vertexStart[asset]!
    const wanted = segments && new Set(segments.map(segment => first + segment))
    const bySegment = new Map<number, Hit[]>()
    return {
      wanted,
      isAsked: (v: number): boolean => !wanted || wanted.has(v),
      note(v: number, hit: Hit): void {
        const list = bySegment.get(v - first)
        if (list) list.push(hit)
        else bySegment.set(v - first, [hit])
      },
      told: (): PreviewSegment[] => [...bySegment].sort((m, n) => m[0] - n[0])
        .map(([segment, hits]) => ({ segment, shortfalls: worstPerAsset(hits, asset).map(hit => tell(hit, site)).sort(byWeight) })),
    }
  }

  /**
   * Asks what the route as it is laid comes near, limits between lines and cover.
   * @param wanted First vertices of the segments asked about; all where undefined. @param take Told of each hit; true to ask no further.
   * @returns whether `take` did.
   */
  const ask = (wanted: ReadonlySet<number> | undefined, take: (v: number, hit: Hit) => boolean): boolean => {
    const asset = world.routeAsset
    if (tester) tester.useZones(world.zones())
    else tester = new PairTester(world, world.zones(), false)
    const screen = screenOfRoute()
    const isWanted = (v: number, j: number, other: number): boolean => screen.mayBeNear(asset, v, other, j) && world.takesPart(other) && !world.isOfRoutesRun(other)
    for (const { other, pairs } of lastBrokenFirst(candidatesOf(world, asset, isWanted, wanted))) {
      keepMattering(screen, asset, other, pairs)
      if (pairs.length === 0 || (!world.isChanged(other) && !screen.mayHit(pairs, pairs.length))) continue
      const isFirst = world.isBefore(asset, other)
      if (isFirst) tester.select(asset, other)
      else {
        tester.select(other, asset)
        turn(pairs)
      }
      for (const hit of tester.test(pairs)) if (take(isFirst ? hit.segmentA : hit.segmentB, hit)) return true
    }
    if (!prepared.ground || pack.cover.length === 0) return false
    cover ??= new CoverTester(world, prepared.ground, prepared.surfaces, false)
    const { vertexStart } = world.network
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      if (!wanted || wanted.has(v)) for (const hit of cover.testSegment(asset, v)) if (take(v, hit)) return true
    }
    return false
  }

  /** Tries of one line fail again and again against the same asset. */
  const lastBrokenFirst = (candidates: readonly Candidate[]): readonly Candidate[] => {
    const at = candidates.findIndex(({ other }) => other === lastBroken)
    return at <= 0 ? candidates : [candidates[at]!, ...candidates.slice(0, at), ...candidates.slice(at + 1)]
  }

  return {
    previewRoute(route, { replaces: replacedId, segments, lines: asksLines = false, site = null } = {}) {
      if (route.axis.length < 2) return []
      world.replace(assetOf(replacedId))
      world.lay({ id: route.id, axis: route.axis, ...laid(route) })
      const { isAsked, wanted, note, told } = frame(segments, site)
      ask(wanted, (v, hit) => {
        note(v, hit)
        return false
      })
      if (asksLines) for (const hit of lines.test(isAsked)) note(hit.a === world.routeAsset ? hit.segmentA : hit.segmentB, hit)
      if (site) for (const hit of aroundRoute().test(site, isAsked)) note(hit.segmentA, hit)
      return told()
    },
    isShort(route, { replaces: replacedId, segments } = {}) {
      if (route.axis.length < 2) return false
      world.replace(assetOf(replacedId))
      world.lay({ id: route.id, axis: route.axis, ...laid(route) })
      const { wanted } = frame(segments, null)
      return ask(wanted, (_, hit) => {
        if (hit.isShort) lastBroken = hit.a === world.routeAsset ? hit.b : hit.a
        return hit.isShort
      })
    },
    previewAround(route, site, { replaces: replacedId, segments } = {}) {
      if (route.axis.length < 2) return []
      world.replace(assetOf(replacedId))
      world.lay({ id: route.id, axis: route.axis, ...laid(route) })
      const { isAsked, note, told } = frame(segments, site)
      for (const hit of aroundRoute().test(site, isAsked)) note(hit.segmentA, hit)
      return told()
    },
  }
}

/** Keeps of the segments [of the route, of another, …] those that come near enough for any rule. */
function keepMattering(screen: PairScreen, asset: number, other: number, pairs: number[]): void {
  screen.select(asset, other)
  let kept = 0
  for (let k = 0; k < pairs.length; k += 2) {
    if (!screen.mayMatter(pairs[k]!, pairs[k + 1]!)) continue
    pairs[kept] = pairs[k]!
    pairs[kept + 1] = pairs[k + 1]!
    kept += 2
  }
  pairs.length = kept
}

/** Turns each pair round. */
function turn(pairs: number[]): void {
  for (let k = 0; k < pairs.length; k += 2) {
    const i = pairs[k]!
    pairs[k] = pairs[k + 1]!
    pairs[k + 1] = i
  }
}

type Laid = Omit<RouteToLay, 'id' | 'axis'>

/** What a route is laid with, kept while only its axis changes. */
function laidAs({ columns, pack }: PreparedClearance, world: LaidWorld): (route: PreviewRoute) => Laid {
  let last: { readonly route: PreviewRoute; readonly laid: Laid } | null = null
  return route => {
    if (last && isSameLine(last.route, route)) return last.laid
    const { widthM, heightM } = sizeOf(route.section)
    const owner = columns.owners.indexOf(route.owner)
    const laid = {
      isBox: route.section.shape === 'rectangle', halfWidthM: widthM / 2, halfHeightM: heightM / 2,
      // An owner nobody else has.
      group: groupOf(ASSET_KINDS.indexOf(route.kind), owner >= 0 ? owner : columns.owners.length),
      signature: world.limits.signatureOf(classesOf({ ...route, diameterM: Math.max(widthM, heightM) }, pack)),
    }
    last = { route, laid }
    return laid
  }
}

const sizeOf = (section: OuterSection): { readonly widthM: number; readonly heightM: number } =>
  section.shape === 'circle' ? { widthM: section.diameterM, heightM: section.diameterM } : section

function isSameLine(m: PreviewRoute, n: PreviewRoute): boolean {
  const [p, q] = [sizeOf(m.section), sizeOf(n.section)]
  return m.kind === n.kind && m.owner === n.owner && m.laying === n.laying && m.pressureClass === n.pressureClass && m.voltageKv === n.voltageKv &&
    m.section.shape === n.section.shape && p.widthM === q.widthM && p.heightM === q.heightM
}

/** Per other asset and rule the greatest shortfall; no touching where the two are hard. */
function worstPerAsset(hits: readonly Hit[], route: number): Hit[] {
  const otherOf = (hit: Hit): number => (hit.a === route ? hit.b : hit.a)
  const worst: Hit[] = []
  for (const hit of hits) {
    const k = worst.findIndex(known => known.rule === hit.rule && otherOf(known) === otherOf(hit))
    if (k < 0) worst.push(hit)
    else if (isWorse(hit, worst[k]!)) worst[k] = hit
  }
  return worst.filter(hit => hit.rule !== 'touching' || !worst.some(known => known.rule === 'hard' && known.isShort && otherOf(known) === otherOf(hit)))
}

const byWeight = (m: PreviewShortfall, n: PreviewShortfall): number =>
  Number(n.isShort) - Number(m.isShort) || rankOf(m.rule) - rankOf(n.rule) || n.shortfall - m.shortfall || (m.other?.asset ?? -1) - (n.other?.asset ?? -1)

/** Proposals stand behind the baseline, so that the search from the end finds them at once; an asset of a million takes a millisecond. */
function lastIndexOfId({ columns: { ids, count } }: PreparedClearance, id: string): number {
  const wanted = packStrings([id])
  const length = wanted.bytes.length
  for (let asset = count - 1; asset >= 0; asset--) {
    if (ids.start[asset + 1]! - ids.start[asset]! === length && comparePacked(ids, asset, 0, wanted) === 0) return asset
  }
  return -1
}
