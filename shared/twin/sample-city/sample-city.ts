import { seededRandom } from '../../core/random.ts'
import { stableGuid } from '../../core/stable-guid.ts'
import { groundSampler, type GridSurface } from '../ground.ts'
import type { TwinRecords } from '../twin.ts'
import { placeBuildings } from './buildings.ts'
import { cityShape, type CityShape } from './city-shape.ts'
import { layMetro, layUtilityTunnel, reservedForTunnel, tunnelEdge } from './deep-works.ts'
import { Ledger, SAMPLE_CRS, surveyedPlan, type Quality } from './ledger.ts'
import { layMains } from './mains.ts'
import { planServices, recordServices } from './services.ts'
import { laySewers } from './sewers.ts'
import type { StreetEdge, StreetNetwork } from './street-graph.ts'
import { streetNetwork } from './street-network.ts'
import { plantProblems, problemSites, reservedForProblems, runsStraight, type PlantedProblem } from './planted-problems.ts'
import { sampleOwners, type SampleOwner } from './owners.ts'
import { reservedForSchemes, schemeSite, starterSchemes, type StarterScheme } from './starter-schemes.ts'
import { responsibilityBlocks, surroundings } from './surroundings.ts'
import { terrain } from './terrain.ts'
import { placeSupplies } from './supplies.ts'

export interface SampleCityOptions {
  /** Wanted number of axis segments; the city has this many to within one per cent. */
  readonly segments: number
  readonly seed: number
}

export interface SampleCity {
  /** The same for the same options: copies made anywhere are copies of one project. */
  readonly id: string
  readonly records: TwinRecords
  /** Schemes to begin with; assignable to `ScenarioDocument`. */
  readonly scenarios: readonly StarterScheme[]
  /** Who owns its lines, with made-up contacts; assignable to `Owner`. */
  readonly owners: readonly SampleOwner[]
  /** What is wrong on purpose; fewer in a small city. */
  readonly plantedProblems: readonly PlantedProblem[]
}

/** The smallest that is still a city, and the largest whose records fit in memory. */
export const SEGMENTS_MIN = 1_000
export const SEGMENTS_MAX = 4_000_000
export const SEGMENTS_DEFAULT = 20_000
/** Segments per metre of street, thinner from try to try: small cities have more streets in the bends of the tip, where less fits. */
const SEGMENTS_PER_STREET_METRE = [0.64, 0.59, 0.54, 0.48, 0.4]

/**
 * A synthetic hillside city, the same for the same options to the last bit.
 * @throws RangeError segments out of SEGMENTS_MIN … SEGMENTS_MAX, or not whole numbers.
 */
export function generateSampleCity({ segments, seed }: SampleCityOptions): SampleCity {
  if (!Number.isInteger(segments) || segments < SEGMENTS_MIN || segments > SEGMENTS_MAX) throw new RangeError(`segments must be ${SEGMENTS_MIN} … ${SEGMENTS_MAX}`)
  if (!Number.isInteger(seed)) throw new RangeError('seed must be a whole number')
  for (const density of SEGMENTS_PER_STREET_METRE) {
    const city = build(segments, seed, density)
    if (city) return city
  }
  throw new RangeError(`no city of ${segments} segments with seed ${seed}`)
}

/** A city on streets of `segments / density` metres; null where they have no room for so many segments. */
function build(segments: number, seed: number, density: number): SampleCity | null {
  const { shape, network } = fitStreets(segments / density, segments, seed)
  const random = seededRandom(seed + 1)
  const ground = terrain(shape, network.edges)
  const ledger = new Ledger()
  const site = schemeSite(network)
  const sites = problemSites(network, site?.edges ?? [])
  const mains = layMains(network, ledger, random, qualityOf, runsStraight(sites))
  const sewers = laySewers(network, ledger, qualityOf)
  const tunnelled = tunnelEdge(network)
  layUtilityTunnel(tunnelled, ledger)
  layMetro(shape, groundSampler(ground), ledger)
  const plots = placeBuildings(shape, network, random)
  const lines = mains.map((list, i) => [...list, ...sewers[i]!])
  const reservations = [reservedForTunnel(tunnelled), reservedForProblems(sites), reservedForSchemes(site)]
  const plans = planServices(network, lines, plots, (slot, side, kind) => reservations.some(reserved => reserved(slot, side, kind)))
  const room = plans.reduce((sum, plan) => sum + plan.points.length - 1, 0)
  if (ledger.segmentCount + room < segments) return null
  const plantedProblems = plantProblems(sites, lines, plans, ledger)
  recordServices(plans, segments - ledger.segmentCount, ledger, random, qualityOf)
  placeSupplies(ledger)
  return {
    id: stableGuid('underplan-sample', String(segments), String(seed)),
    records: {
      crs: SAMPLE_CRS, synthetic: true, assets: ledger.assets, nodes: ledger.nodes, ground: inProjectCrs(ground),
      surfaceFeatures: surroundings(shape, network, plots, random), blocks: responsibilityBlocks(shape),
    },
    scenarios: starterSchemes(site),
    owners: sampleOwners(),
    plantedProblems,
  }
}

/** One old lane in twelve was never surveyed when open, only detected from above. */
const qualityOf = (edge: StreetEdge): Quality => (edge.street.class === 'steps' && edge.street.index % 12 === 5 ? 'detected' : 'as_built')

/** Streets of the wanted length: as many contour streets as suit, the ridge as long as it takes. */
function fitStreets(wantedM: number, segments: number, seed: number): { shape: CityShape; network: StreetNetwork } {
  const ringCount = Math.max(1, Math.round(4.9 * Math.sqrt(segments / 20_000)))
  let spineM = 230 * ringCount
  let best: { shape: CityShape; network: StreetNetwork } | null = null
  let bestError = Infinity
  for (let round = 0; round < 6 && bestError > 0.01; round++) {
    const random = seededRandom(seed)
    const shape = cityShape(ringCount, spineM, random)
    const network = streetNetwork(shape, random)
    const error = Math.abs(network.lengthM / wantedM - 1)
    if (error < bestError) [best, bestError] = [{ shape, network }, error]
    // Streets of the tip do not grow with the ridge.
    const tipM = 5.5 * ringCount * ringCount * shape.ringSpacingM
    spineM = Math.max(150, (spineM * Math.max(0.3 * wantedM, wantedM - tipM)) / Math.max(0.3 * wantedM, network.lengthM - tipM))
  }
  return best!
}

function inProjectCrs(grid: GridSurface): GridSurface {
  const [x0, y0] = surveyedPlan(grid.x0, grid.y0)
  return { ...grid, x0, y0, z: grid.z.map(level => Math.round(level * 1000) / 1000) }
}
