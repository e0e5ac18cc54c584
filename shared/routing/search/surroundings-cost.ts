import { structuresOf } from '../../clearance/line-rules/structures.ts'
import { buildSiteIndex, isInside, wantedWords } from '../../clearance/line-rules/site-index.ts'
import { planWords } from '../../clearance/line-rules/site-crossings.ts'
import { isServedBy } from '../../clearance/network/manholes.ts'
import { buildBoxGrid, eachInBoxGrid } from '../../geometry/box-grid.ts'
import { distanceToSegment } from '../../geometry/point-segment.ts'
import { classesOf } from '../../rules/asset-classes.ts'
import { LineLimitLookup } from '../../rules/line-limits.ts'
import { isMandatory, type Basis, type RulePack } from '../../rules/rule-pack.ts'
import type { NodeRecord, Vec3 } from '../../twin/asset.ts'
import type { SurfaceFeature } from '../../twin/surface-feature.ts'
import type { RouteCosts } from './route-costs.ts'
import type { LineProperties } from '../fix/trial.ts'

/**
 * Kept beyond a limit, so that a line asked about every metre is not short of it by millimetres between: hardly anything beside
 * a kerb or a wall, more beside a pole or a tree. Metres.
 */
const SPARE_M = { edge: 0.02, point: 0.1 }

/** What a metre of line costs beyond its trench for lying nearer than rule 8 allows to what stands around. Local frame. */
export type BesideCost = (x: number, y: number) => number

/**
 * Distances to buildings, trees, poles, kerbs, rails, waters, and to manholes and chambers of others (design §5, rule 8).
 * They are no walls to a search: a line leaves a house, crosses a kerb and ends in a manhole. So they cost, mandatory
 * ones most, and the check of the finished route lists what stayed.
 * @param surfaceFeatures Project CRS. @param nodes Project CRS. @param origin Of the local frame.
 */
export function besideCost(pack: RulePack, line: LineProperties, surfaceFeatures: readonly SurfaceFeature[], nodes: readonly NodeRecord[], origin: Vec3, costs: RouteCosts): BesideCost {
  const { section, kind } = line
  const [widthM, outerM] = section.shape === 'circle' ? [section.diameterM, section.diameterM] : [section.widthM, Math.max(section.widthM, section.heightM)]
  const limits = new LineLimitLookup(pack, [classesOf({ ...line, diameterM: outerM }, pack)]).of(0)
  const priceOf = (basis: Basis): number => (isMandatory(basis) ? costs.besideMandatory : costs.besideAdvisory)

  const site = buildSiteIndex(surfaceFeatures, wantedWords([pack.surroundings]), origin)
  const featureLimits = site.words.map(words => {
    const held = planWords(words).flatMap(word => limits.surroundings.get(word) ?? [])
    return held.length === 0 ? null : held.reduce((most, limit) => (limit.minM > most.minM ? limit : most))
  })
  const featureReachM = widthM / 2 + Math.max(0, ...featureLimits.map(limit => limit?.minM ?? 0)) + SPARE_M.point

  const structures = structuresOf(nodes, origin).map(({ node, centre, radiusM }) => {
    const limit = limits.structure(node.nodeType, node.kind)
    // A line comes into the manholes of its own network; of others it keeps out.
    return { centre, nearM: radiusM + widthM / 2 + (limit?.minM ?? pack.touchBandM) + SPARE_M.point, ownM: isServedBy(node.kind, kind) ? radiusM : 0, price: limit ? priceOf(limit.basis) : costs.besideMandatory }
  })
  const grid = buildBoxGrid(Float64Array.from(structures.flatMap(({ centre: [x, y], nearM }) => [x - nearM, y - nearM, x + nearM, y + nearM])))

  const prices = featureLimits.map(limit => (limit ? priceOf(limit.basis) : 0))
  return (x, y) => {
    let price = 0
    if (featureReachM > widthM / 2) {
      eachInBoxGrid(site.edgeGrid, x - featureReachM, y - featureReachM, x + featureReachM, y + featureReachM, e => {
        const feature = site.edgeFeature[e]!
        const limit = featureLimits[feature]
        if (!limit || prices[feature]! <= price) return
        const [ax, ay, bx, by] = [site.edges[4 * e]!, site.edges[4 * e + 1]!, site.edges[4 * e + 2]!, site.edges[4 * e + 3]!]
        const spareM = ax === bx && ay === by ? SPARE_M.point : SPARE_M.edge
        if (distanceToSegment(x, y, ax, ay, bx, by) - widthM / 2 < limit.minM + spareM) price = prices[feature]!
      })
      eachInBoxGrid(site.featureGrid, x, y, x, y, k => {
        if (prices[k]! > price && site.isArea[k] === 1 && isInside(site, k, x, y)) price = prices[k]!
      })
    }
    eachInBoxGrid(grid, x, y, x, y, k => {
      const { centre, nearM, ownM, price: own } = structures[k]!
      if (own <= price) return
      const distance = Math.hypot(x - centre[0], y - centre[1])
      if (distance < nearM && distance > ownM) price = own
    })
    return price
  }
}
