import { unattendedJob, type JobControl } from '../../core/job.ts'
import { LineLimitLookup, type LineLimits } from '../../rules/line-limits.ts'
import { GRAVITY_KINDS } from '../../twin/kinds.ts'
import { baseWorld } from '../worlds/base-world.ts'
import { askedPairs, type CheckSelection } from '../check-selection.ts'
import type { Finding } from '../findings/finding.ts'
import { FindingBuilder, subjectNumber, type HitSubject } from '../findings/finding-builder.ts'
import { leadersOf, runOrder } from '../network/id-order.ts'
import { kindOfGroup } from '../network/network.ts'
import type { Hit } from '../pairs/hit.ts'
import type { Place } from '../joints/places.ts'
import type { PreparedClearance } from '../prepare.ts'
import { RunLayout } from '../findings/run-layout.ts'
import type { World } from '../worlds/world.ts'
import { testBends } from './bends.ts'
import { runFlow, testFall, testMeeting } from './gravity.ts'
import { lineSite, LineTester, OWN_SUBJECTS, siteSubject, type LineSite, type Site } from './line-tester.ts'

/** Subjects of hits that are about a line alone: its fall, and its shape. Different problems, so never one finding. */
const FALL = subjectNumber(0)
const SHAPE = subjectNumber(1)

/**
 * Tests a network against rule 8 of design §5: what a line keeps to by itself, to what stands on the ground and to
 * structures; the order and angle of crossings. Needs nothing of the pair check. Findings sorted by identity.
 * @throws CancelledError
 */
export function checkLines(prepared: PreparedClearance, around: Site, selection: CheckSelection = {}, job: JobControl = unattendedJob): Finding[] {
  const site = lineSite(prepared, around)
  if (!site) return []
  const leaders = leadersOf(prepared.columns.ids, prepared.runs.ofAsset)
  const world = baseWorld(prepared)
  const tester = new LineTester(prepared, site, world, askedPairs(selection), runOrder(prepared.columns.ids, leaders, prepared.runs.ofAsset))
  const hits: (readonly Hit[])[] = []
  for (const asset of prepared.order) {
    if ((asset & 63) === 0) job.throwIfCancelled()
    if (world.takesPart(asset)) hits.push(tester.test(asset))
  }
  return lineFindings(prepared, site, world, leaders, selection, hits, job)
}

/**
 * The findings of rule 8 from the hits of a `LineTester`, in whatever order, with those of the rules that follow a line
 * through its joints. Sorted by identity.
 * @param leaders Asset with the lowest id of each run.
 */
export function lineFindings(prepared: PreparedClearance, site: LineSite, world: World, leaders: Uint32Array, selection: CheckSelection, hits: Iterable<readonly Hit[]>, job: JobControl = unattendedJob): Finding[] {
  job.progress(null, 'cli-check:stage.lines')
  const builder = new FindingBuilder(prepared, leaders, subjectsOf(site))
  for (const list of hits) builder.add(list)
  const lookup = new LineLimitLookup(prepared.pack, prepared.signatures.classes)
  addRunRules(prepared, world, leaders, asset => lookup.of(prepared.network.signature[asset]!), askedPairs(selection).isCoverAsked, builder, job)
  return builder.build(world)
}

function subjectsOf(site: LineSite): HitSubject[] {
  const own: HitSubject = { id: null, against: null }
  return Array.from({ length: OWN_SUBJECTS + site.index.ids.length + site.structures.length }, (_, k) => siteSubject(site, subjectNumber(k)) ?? own)
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
