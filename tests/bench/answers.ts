import { checkNetwork } from '#shared/clearance/check.ts'
import type { PairRow } from '#shared/clearance/finding.ts'
import { prepareClearance, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { createPreview, type PreviewRoute } from '#shared/clearance/preview.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { appendAssetColumns } from '#shared/twin/append-asset-columns.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { oraclePairs, type LineFeature, type OraclePack } from '#tests/oracle/oracle.ts'
import { PACK, type BenchCity } from './bench-city.ts'

const { semantics, touchBandM, crossingMinAngleDeg, snapToleranceM, alongsideMaxVerticalGapM, classes, horizontal, vertical } = PACK
/** The part of the pack the oracle reads. */
const ORACLE_PACK = { semantics, touchBandM, crossingMinAngleDeg, snapToleranceM, alongsideMaxVerticalGapM, classes, horizontal, vertical } as OraclePack

/** Figures of sloping lines depend on where exactly "overlap in plan" ends (tests/oracle/README.md). */
const SAME_FIGURE_M = 1e-5

/** Answers are compared with a reference before anything is timed; a difference ends the run. */
function agree(what: string, ours: ReadonlyMap<string, number>, reference: ReadonlyMap<string, number>): void {
  const differing = (rows: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>) =>
    [...rows].filter(([key, figure]) => !(Math.abs(figure - (others.get(key) ?? NaN)) <= SAME_FIGURE_M)).map(([key, figure]) => `${key} ${figure}`)
  const [missing, extra] = [differing(reference, ours), differing(ours, reference)]
  if (missing.length + extra.length > 0) throw new Error(`${what}: ${missing.length} missing, ${extra.length} extra: ${[...missing, ...extra].slice(0, 4).join('; ')}`)
}

const figures = (rows: readonly Pick<PairRow, 'a' | 'b' | 'rule' | 'required' | 'found'>[]): Map<string, number> =>
  new Map(rows.map(({ a, b, rule, required, found }) => [`${a} ${b} ${rule} ${required}`, found]))

/** The engine against the brute-force oracle, on the part of the city around a planned main that is in everyone's way. */
export function checkAgainstOracle({ city }: BenchCity, reachM: number): number {
  const scheme = Object.values(city.scenarios[0]!.proposals)[0]!
  const [cx, cy] = scheme.axis[Math.floor(scheme.axis.length / 2)]!
  const near = ([x, y]: Vec3) => Math.abs(x - cx) < reachM && Math.abs(y - cy) < reachM
  const planned: AssetRecord = { ...scheme, axis: scheme.axis.filter(near), status: 'planned', accuracyPlanM: 0, accuracyLevelM: 0, assumed: 0, attributes: {} }
  const assets = [...city.records.assets.filter(asset => asset.axis.every(near)), planned]
  const ours = checkNetwork(prepareClearance({ assets: buildAssetColumns(assets, [cx, cy, 0]), pack: PACK, ground: null, surfaceFeatures: [] })).pairs
  const reference = oraclePairs({ type: 'FeatureCollection', features: assets.map(featureOf) }, ORACLE_PACK)
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

/** The preview of a route against the full check of the network with that route in it. */
export function checkPreviews(prepared: PreparedClearance, input: BenchCity['input'], routes: readonly PreviewRoute[]): number {
  const preview = createPreview(prepared)
  const { origin } = input.assets
  let rows = 0
  for (const route of routes) {
    const axis = route.axis.map(([x, y, z]): Vec3 => [x + origin[0], y + origin[1], z + origin[2]])
    const record: AssetRecord = { ...route, axis, status: 'planned', accuracyPlanM: 0, accuracyLevelM: 0, assumed: 0, attributes: {} }
    const assets = appendAssetColumns(input.assets, [record])
    const involving = new Uint8Array(assets.count)
    involving[assets.count - 1] = 1
    const full = checkNetwork(prepareClearance({ ...input, assets }), { involving }).pairs
    const reference = new Map<string, number>()
    for (const row of full) keepWorst(reference, `${row.a === route.id ? row.b : row.a} ${row.rule}`, row.required - row.found)
    const ours = new Map<string, number>()
    for (const { shortfalls } of preview.previewRoute(route)) {
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
