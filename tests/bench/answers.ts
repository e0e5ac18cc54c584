import { checkNetwork } from '#shared/clearance/check.ts'
import type { PairRow } from '#shared/clearance/findings/finding.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import type { ClearancePreview, PreviewRoute } from '#shared/clearance/preview.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { oraclePairs, type LineFeature, type OraclePack } from '#tests/oracle/oracle.ts'
import { PACK, type BenchCity } from './bench-city.ts'
import { inRecords, prepareWith, recordsNear } from './crop.ts'

const { semantics, touchBandM, crossingMinAngleDeg, snapToleranceM, alongsideMaxVerticalGapM, classes, horizontal, vertical } = PACK
/** The part of the pack the oracle reads. */
const ORACLE_PACK = { semantics, touchBandM, crossingMinAngleDeg, snapToleranceM, alongsideMaxVerticalGapM, classes, horizontal, vertical } as OraclePack

/** Figures of sloping lines depend on where exactly "overlap in plan" ends (tests/oracle/README.md). */
const SAME_FIGURE_M = 1e-5
/** Nothing further off bears on a pair: no zone is longer. */
const AROUND_M = 60

/** Answers are compared with a reference before anything is timed; a difference ends the run. */
function agree(what: string, ours: ReadonlyMap<string, number>, reference: ReadonlyMap<string, number>): void {
  const differing = (rows: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>) =>
    [...rows].filter(([key, figure]) => !(Math.abs(figure - (others.get(key) ?? NaN)) <= SAME_FIGURE_M)).map(([key, figure]) => `${key} ${figure}`)
  const [missing, extra] = [differing(reference, ours), differing(ours, reference)]
  if (missing.length + extra.length > 0) throw new Error(`${what}: ${missing.length} missing, ${extra.length} extra: ${[...missing, ...extra].slice(0, 4).join('; ')}`)
}

const figures = (rows: readonly Pick<PairRow, 'a' | 'b' | 'rule' | 'required' | 'found'>[]): Map<string, number> =>
  new Map(rows.map(({ a, b, rule, required, found }) => [`${a} ${b} ${rule} ${required}`, found]))

/** Two answers to the same question. */
export const agreePairs = (what: string, ours: readonly PairRow[], reference: readonly PairRow[]): void => agree(what, figures(ours), figures(reference))

/** The engine against the brute-force oracle, on the part of the city around a planned main. */
export function checkAgainstOracle({ input }: BenchCity, route: PreviewRoute, reachM: number): number {
  const assets = recordsNear(input.assets, [route.axis[0]!], reachM)
  const { origin } = input.assets
  const planned: AssetRecord = { ...route, axis: inRecords(route.axis.slice(0, 4), origin), status: 'planned', accuracyPlanM: 0, accuracyLevelM: 0, assumed: 0, attributes: {} }
  const ours = checkNetwork(prepareClearance({ assets: buildAssetColumns([...assets, planned], origin), pack: PACK, ground: null, surfaceFeatures: [] })).pairs
  const reference = oraclePairs({ type: 'FeatureCollection', features: [...assets, planned].map(featureOf) }, ORACLE_PACK)
  agree('network against the oracle', figures(ours), figures(reference))
  return reference.length
}

function featureOf({ id, kind, owner, section, axis, laying, pressureClass, voltageKv, status }: AssetRecord): LineFeature {
  return {
    type: 'Feature', geometry: { type: 'LineString', coordinates: axis.map(point => [...point]) },
    properties: {
      id, kind, owner, status, ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }),
      ...(section.shape === 'circle' ? { diameterM: section.diameterM } : { widthM: section.widthM, heightM: section.heightM }),
    },
  }
}

/**
 * Previews against the full check of the surroundings with that route in them.
 * @param replaces Routes are assets of the network that were moved, not new ones.
 * @returns how many rows were compared.
 */
export function checkPreviews(bench: BenchCity, preview: ClearancePreview, routes: readonly PreviewRoute[], replaces = false): number {
  const { assets } = bench.input
  let rows = 0
  for (const route of routes) {
    const near = recordsNear(assets, route.axis, AROUND_M)
    const record: AssetRecord = { ...route, axis: inRecords(route.axis, assets.origin), status: 'planned', accuracyPlanM: 0, accuracyLevelM: 0, assumed: 0, attributes: {} }
    const prepared = prepareWith(bench, near, record)
    const involving = new Uint8Array(prepared.columns.count)
    involving[prepared.columns.count - 1] = 1
    const reference = new Map<string, number>()
    for (const row of checkNetwork(prepared, { involving }).pairs) keepWorst(reference, `${row.a === route.id ? row.b : row.a} ${row.rule}`, row.required - row.found)
    const ours = new Map<string, number>()
    for (const { shortfalls } of preview.previewRoute(route, replaces ? { replaces: route.id } : {})) {
      for (const { other, rule, shortfall, isShort } of shortfalls) if (other && isShort) keepWorst(ours, `${other.id} ${rule}`, shortfall)
    }
    agree(`preview of ${route.id}`, ours, reference)
    rows += reference.size
  }
  return rows
}

function keepWorst(worst: Map<string, number>, key: string, shortfall: number): void {
  if (!(worst.get(key)! >= shortfall)) worst.set(key, shortfall)
}
