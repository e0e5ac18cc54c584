import { unattendedJob, type JobControl } from '../../core/job.ts'
import { LineLimitLookup, type LineLimits } from '../../rules/line-limits.ts'
import type { RulePack } from '../../rules/rule-pack.ts'
import type { NodeRecord } from '../../twin/asset.ts'
import { groundSampler } from '../../twin/ground.ts'
import { ASSET_STATUSES, GRAVITY_KINDS } from '../../twin/kinds.ts'
import type { SurfaceFeature } from '../../twin/surface-feature.ts'
import { baseWorld, widestM } from '../base-world.ts'
import { askedPairs, type CheckSelection } from '../check-selection.ts'
import type { Finding } from '../finding.ts'
import { FindingBuilder, subjectNumber, type HitSubject } from '../finding-builder.ts'
import { leadersOf, runOrder } from '../id-order.ts'
import { kindOfGroup } from '../network.ts'
import type { Hit } from '../pair-tester.ts'
import type { Place } from '../places.ts'
import type { PreparedClearance } from '../prepare.ts'
import { RunLayout } from '../run-layout.ts'
import type { World } from '../world.ts'
import { testBends } from './bends.ts'
import { runFlow, testFall, testMeeting } from './gravity.ts'
import { CrossingOrderTester } from './order.ts'
import { shallowPieces } from './shallow-pieces.ts'
import { buildSiteIndex, wantedWords, type SiteIndex } from './site-index.ts'
import { serviceEnds } from './site-crossings.ts'
import { SiteZones } from './site-zones.ts'
import { StructureTester, structuresOf, type Structure } from './structures.ts'
import { greatestLimitM, SurroundingsTester } from './surroundings.ts'

/** What stands around the lines. Project CRS. */
export interface Site {
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly nodes: readonly NodeRecord[]
}

const PLANNED = ASSET_STATUSES.indexOf('planned')

/** Subjects of hits that are about a line alone: its fall, and its shape. Different problems, so never one finding. */
const FALL = subjectNumber(0)
const SHAPE = subjectNumber(1)

/**
 * Tests a network against rule 8 of design §5: what a line keeps to by itself, to what stands on the ground and to
 * structures; the order and angle of crossings. Needs nothing of the pair check. Findings sorted by identity.
 * @throws CancelledError
 */
export function checkLines(prepared: PreparedClearance, { surfaceFeatures, nodes }: Site, selection: CheckSelection = {}, job: JobControl = unattendedJob): Finding[] {
  const { columns, pack, runs, network } = prepared
  const structures = structuresOf(nodes, columns.origin)
  if (structures.length === 0 && !asksLines(pack)) return []
  job.progress(null, 'cli-check:stage.lines')
  const site = buildSiteIndex(surfaceFeatures, wantedWords([pack.surroundings, pack.crossingAngle]), columns.origin)
  const leaders = leadersOf(columns.ids, runs.ofAsset)
  const builder = new FindingBuilder(prepared, leaders, subjectsOf(site, structures))
  const world = baseWorld(prepared)
  const lookup = new LineLimitLookup(pack, prepared.signatures.classes)
  const limitsOf = (asset: number): LineLimits => lookup.of(network.signature[asset]!)
  const testers = assetTesters(prepared, world, site, nodes, structures, limitsOf)
  const order = new CrossingOrderTester(world, lookup, asset => columns.status[asset] === PLANNED)
  const isBefore = runOrder(columns.ids, leaders, runs.ofAsset)
  const asks = askedPairs(selection)
  for (let a = 0; a < network.assetCount; a++) {
    if ((a & 63) === 0) job.throwIfCancelled()
    if (!world.takesPart(a)) continue
    if (asks.isCoverAsked(a)) for (const test of testers) builder.add(test(a))
    if (asks.isDriver(a)) builder.add(order.testAsset(a, isBefore, b => asks.isAsked(a, b) && !(asks.isDriver(b) && b < a)))
  }
  addRunRules(prepared, world, leaders, limitsOf, asks.isCoverAsked, builder, job)
  return builder.build(world)
}

/** Whether a pack has any cell of rule 8. */
function asksLines({ surroundings, structures, crossingAngle, levelOrder, slope, levelJump, velocity, bend, turn }: RulePack): boolean {
  return levelOrder !== null || [surroundings, structures, crossingAngle, slope, levelJump, velocity, bend, turn].some(cells => cells.length > 0)
}

function subjectsOf(site: SiteIndex, structures: readonly Structure[]): HitSubject[] {
  const own: HitSubject = { id: null, against: null }
  return [
    own, own,
    ...site.ids.map((id, k): HitSubject => ({ id, against: { sort: 'feature', type: site.words[k]![0]! } })),
    ...structures.map(({ node }): HitSubject => ({ id: node.id, against: { sort: 'node', type: node.nodeType } })),
  ]
}

/** Rules that look at one asset at a time. */
function assetTesters({ ground, pack, signatures, network, columns }: PreparedClearance, world: World, site: SiteIndex, nodes: readonly NodeRecord[], structures: readonly Structure[], limitsOf: (asset: number) => LineLimits): ((asset: number) => Hit[])[] {
  const testers: ((asset: number) => Hit[])[] = []
  if (site.ids.length > 0) {
    const lookup = new LineLimitLookup(pack, signatures.classes)
    const greatestM = Math.max(0, ...signatures.classes.map((_, signature) => greatestLimitM(lookup.of(signature).surroundings)))
    const zones = new SiteZones(world, site, serviceEnds(nodes, columns.origin, pack.snapToleranceM), limitsOf, greatestM, widestM(network))
    const tester = new SurroundingsTester(world, site, zones, limitsOf, ground ? groundSampler(ground) : () => null, shallowPieces(network, ground), feature => subjectNumber(2 + feature))
    testers.push(asset => tester.testAsset(asset))
  }
  if (structures.length > 0) {
    const tester = new StructureTester(world, structures, limitsOf, k => subjectNumber(2 + site.ids.length + k))
    testers.push(asset => tester.testAsset(asset))
  }
  return testers
}

/** Rules that follow a line through its joints: fall and velocity, steps where lines meet, bends. */
function addRunRules({ network, pack, runs }: PreparedClearance, world: World, leaders: Uint32Array, limitsOf: (asset: number) => LineLimits, isAsked: (asset: number) => boolean, builder: FindingBuilder, job: JobControl): void {
  const hasFlow = pack.slope.length + pack.velocity.length + pack.levelJump.length > 0
  if (!hasFlow && pack.bend.length + pack.turn.length === 0) return
  const flows = new Map<number, ReadonlyMap<number, 1 | -1>>()
  for (let run = 0; run < network.assetCount; run++) {
    if (runs.ofAsset[run] !== run || !world.takesPart(run)) continue
    if ((run & 255) === 0) job.throwIfCancelled()
    const layout = new RunLayout(world, leaders[run]!)
    if (hasFlow && isGravity(world, run)) {
      const flow = runFlow(network, layout)
      flows.set(run, flow)
      for (const [asset, way] of flow) if (isAsked(asset)) builder.add(testFall(network, asset, way, limitsOf(asset), FALL))
    }
    builder.add(testBends(network, layout, pack.snapToleranceM, limitsOf, SHAPE).filter(hit => isAsked(hit.a)))
  }
  if (pack.levelJump.length === 0) return
  for (const place of placesOf(world)) {
    const members = place.members.filter(({ asset }) => isGravity(world, asset))
    const flowOf = (asset: number): 1 | -1 => flows.get(runs.ofAsset[asset]!)?.get(asset) ?? 1
    if (members.length > 1) builder.add(testMeeting(network, members, flowOf, limitsOf).filter(hit => isAsked(hit.a) || isAsked(hit.b)))
  }
}

const isGravity = ({ network }: World, asset: number): boolean => GRAVITY_KINDS.has(kindOfGroup(network.group[asset]!))

function placesOf(world: World): ReadonlySet<Place> {
  const places = new Set<Place>()
  for (let asset = 0; asset < world.network.assetCount; asset++) if (world.takesPart(asset)) for (const place of world.placesOf(asset)) places.add(place)
  return places
}
