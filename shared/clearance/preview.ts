import { packStrings } from '../core/packed-strings.ts'
import { classesOf } from '../rules/asset-classes.ts'
import { isMandatory, type Basis } from '../rules/rule-pack.ts'
import { assetId } from '../twin/asset-columns.ts'
import type { OuterSection, Vec3 } from '../twin/asset.ts'
import { ASSET_KINDS, type AssetKind, type Laying, type PressureClass } from '../twin/kinds.ts'
import { Candidates } from './candidates.ts'
import { CoverTester } from './cover/cover-check.ts'
import type { Against, RuleName, SurfaceThere, Verdict } from './findings/finding.ts'
import { shortOf, rankOf, verdictOf } from './findings/hit-order.ts'
import type { Place } from './joints/places.ts'
import { comparePacked } from './network/id-order.ts'
import { LaidWorld, type RouteToLay } from './worlds/laid-world.ts'
import { groupOf, type ClearanceNetwork } from './network/network.ts'
import { siteSubject, type LineSite } from './line-rules/line-tester.ts'
import { RouteLines } from './line-rules/route-lines.ts'
import { RouteSurroundings } from './line-rules/route-surroundings.ts'
import { PairScreen } from './screens/pair-screen.ts'
import type { Hit } from './pairs/hit.ts'
import { PairTester } from './pairs/pair-tester.ts'
import type { PreparedClearance } from './prepare.ts'
import { PreviewFrame } from './preview-frame.ts'

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
  const tester = new PairTester(world, world.zones, false)
  let cover: CoverTester | null = null
  const candidates = new Candidates()
  const frame = new PreviewFrame()
  let screened: { readonly network: ClearanceNetwork; readonly signatures: number; readonly screen: PairScreen } | null = null
  let replaces: { id: string; asset: number } | null = null
  /** The other asset that broke a limit last. */
  let lastBroken = -1

  const assetOf = (id: string | undefined): number => {
    if (id === undefined) return -1
    if (replaces?.id !== id) replaces = { id, asset: lastIndexOfId(prepared, id) }
    return replaces.asset
  }

  /** Lays a route, and says which of its segments are asked about. */
  const begin = (route: PreviewRoute, replacedId: string | undefined, segments: readonly number[] | undefined): void => {
    world.replace(assetOf(replacedId))
    world.lay(route.id, route.axis, laid(route))
    frame.begin(world, segments)
  }

  /** The screen of this frame: made anew where the route has outgrown its arrays or brought a new signature. */
  const screenOfRoute = (): PairScreen => {
    const signatures = world.limits.signatureCount
    if (screened?.network !== world.network || screened.signatures !== signatures) {
      screened = { network: world.network, signatures, screen: new PairScreen(world, prepared.places, signatures) }
    }
    screened.screen.beginRoute(world.routeAsset, jointsOf(world.placesOf(world.routeAsset), world.routeAsset))
    return screened.screen
  }

  const keep = (hit: Hit): boolean => {
    frame.note(hit)
    return false
  }

  /** Whether a hit is short as drawn; tries of one line fail again and again against the same asset, which is then asked first. */
  const breaks = (hit: Hit): boolean => {
    if (hit.isShort) lastBroken = hit.a === world.routeAsset ? hit.b : hit.a
    return hit.isShort
  }

  /** Rules 1 to 6. @param take Told of each hit; true to ask no further. @returns whether it did. */
  const testOthers = (take: (hit: Hit) => boolean, first = -1): boolean => {
    const route = world.routeAsset
    const screen = screenOfRoute()
    const { pairs } = candidates
    if (!frame.isWhole) world.zones.askAbout(frame.span(world))
    candidates.find(world, screen, frame.isAsked, first)
    for (let other = candidates.next(); other >= 0; other = candidates.next()) {
      screen.select(route, other)
      const length = keepMattering(screen, pairs, candidates.length)
      if (length === 0 || (!world.isChanged(other) && !screen.mayHit(pairs, length))) continue
      if (world.isBefore(route, other)) tester.select(route, other)
      else {
        tester.select(other, route)
        turn(pairs, length)
      }
      for (const hit of tester.test(pairs, length)) if (take(hit)) return true
    }
    return false
  }

  const testCover = (take: (hit: Hit) => boolean): boolean => {
    if (!prepared.ground || pack.cover.length === 0) return false
    cover ??= new CoverTester(world, prepared.ground, prepared.surfaces, false)
    const { vertexStart } = world.network
    const route = world.routeAsset
    for (let v = vertexStart[route]!; v < vertexStart[route + 1]! - 1; v++) if (frame.isAsked(v)) for (const hit of cover.testSegment(route, v)) if (take(hit)) return true
    return false
  }

  const testAround = (site: LineSite): void => {
    for (const hit of (around ??= new RouteSurroundings(prepared, world)).test(site, frame.isAsked)) frame.note(hit)
  }

  const tell = (hit: Hit, site: LineSite | null): PreviewShortfall => {
    const isFirst = hit.a === world.routeAsset
    const other = isFirst ? hit.b : hit.a
    const subject = site && other < 0 ? siteSubject(site, other) : null
    const told = {
      rule: hit.rule, required: hit.required, found: hit.found, shortfall: shortOf(hit), isShort: hit.isShort,
      verdict: verdictOf(hit, pack.touchBandM), clause: hit.limit?.clause ?? '', basis: hit.limit?.basis ?? 'quoted',
      mandatory: hit.limit === null || isMandatory(hit.limit.basis),
      other: other < 0 ? null : { asset: other, id: assetId(columns, other) },
      at: isFirst ? { route: hit.p, other: hit.q } : { route: hit.q, other: hit.p },
    }
    return subject?.id && subject.against ? { ...told, around: { id: subject.id, against: subject.against } } : hit.surface ? { ...told, surface: hit.surface } : told
  }

  const answer = (site: LineSite | null): PreviewSegment[] => frame.told((segment, worst) => {
    const shortfalls: PreviewShortfall[] = []
    for (const hit of worst) insert(shortfalls, tell(hit, site))
    return { segment, shortfalls }
  })

  return {
    previewRoute(route, { replaces: replacedId, segments, lines: asksLines = false, site = null } = {}) {
      if (route.axis.length < 2) return []
      begin(route, replacedId, segments)
      testOthers(keep)
      testCover(keep)
      if (asksLines) for (const hit of lines.test(frame.isAsked)) frame.note(hit)
      if (site) testAround(site)
      return answer(site)
    },
    isShort(route, { replaces: replacedId, segments } = {}) {
      if (route.axis.length < 2) return false
      begin(route, replacedId, segments)
      return testOthers(breaks, lastBroken) || testCover(breaks)
    },
    previewAround(route, site, { replaces: replacedId, segments } = {}) {
      if (route.axis.length < 2) return []
      begin(route, replacedId, segments)
      testAround(site)
      return answer(site)
    },
  }
}

/** [x, y, …] of the route's joints. */
function jointsOf(places: readonly Place[], route: number): readonly number[] {
  if (places.length === 0) return NO_JOINTS
  const joints: number[] = []
  for (const { members } of places) for (const { asset, x, y } of members) if (asset === route) joints.push(x, y)
  return joints
}

const NO_JOINTS: readonly number[] = []

/** Keeps of the segments [of the route, of another, …] those that come near enough for any rule. @returns how many numbers. */
function keepMattering(screen: PairScreen, pairs: number[], length: number): number {
  let kept = 0
  for (let k = 0; k < length; k += 2) {
    if (!screen.mayMatter(pairs[k]!, pairs[k + 1]!)) continue
    pairs[kept] = pairs[k]!
    pairs[kept + 1] = pairs[k + 1]!
    kept += 2
  }
  return kept
}

/** Turns each pair round. */
function turn(pairs: number[], length: number): void {
  for (let k = 0; k < length; k += 2) {
    const i = pairs[k]!
    pairs[k] = pairs[k + 1]!
    pairs[k + 1] = i
  }
}

/** What a route is laid with, kept while only its axis changes. */
function laidAs({ columns, pack }: PreparedClearance, world: LaidWorld): (route: PreviewRoute) => RouteToLay {
  let last: { readonly route: PreviewRoute; readonly laid: RouteToLay } | null = null
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

/** Puts a shortfall where it belongs, behind those of its weight. */
function insert(sorted: PreviewShortfall[], shortfall: PreviewShortfall): void {
  let at = sorted.length
  while (at > 0 && byWeight(sorted[at - 1]!, shortfall) > 0) at--
  sorted.splice(at, 0, shortfall)
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
