import { checkNetwork, type CheckOutcome } from '#shared/clearance/check.ts'
import type { CheckSelection } from '#shared/clearance/check-selection.ts'
import { prepareClearance, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { parseRulePack } from '#shared/rules/parse-rule-pack.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { originFor } from '#shared/twin/twin.ts'
import type { FeatureCollection, LineFeature, OraclePack } from '#tests/oracle/types.ts'

/** The oracle's inputs in the product's own types, so that both answer the same question. */
export function assetOf({ geometry, properties }: LineFeature): AssetRecord {
  const { id, kind, owner, diameterM, widthM, heightM, pressureClass, voltageKv, laying, status, accuracyPlanM, accuracyLevelM } = properties
  return {
    id, kind: (kind ?? 'unknown') as AssetRecord['kind'], owner: owner ?? '', status: (status ?? 'in_use') as AssetRecord['status'],
    section: diameterM === undefined && widthM !== undefined ? { shape: 'rectangle', widthM, heightM: heightM! } : { shape: 'circle', diameterM: diameterM ?? 0 },
    axis: geometry.coordinates.map(([x, y, z]) => [x!, y!, z!] as Vec3), assumed: 0, attributes: {},
    ...(pressureClass !== undefined && { pressureClass: pressureClass as NonNullable<AssetRecord['pressureClass']> }),
    ...(laying !== undefined && { laying: laying as NonNullable<AssetRecord['laying']> }),
    ...(voltageKv !== undefined && { voltageKv }),
    ...(typeof accuracyPlanM === 'number' && { accuracyPlanM }), ...(typeof accuracyLevelM === 'number' && { accuracyLevelM }),
  }
}

/** An oracle pack with the clause and basis a real one carries. */
export function packOf(pack: OraclePack): RulePack {
  const cited = <T extends object>(cells: readonly T[] | undefined) => (cells ?? []).map((cell, i) => ({ clause: `c${i}`, basis: 'quoted', ...cell }))
  const parsed = parseRulePack({
    ...pack, format: 'underplan-rules/1', id: 'test', version: '1', title: { en: 'test', 'zh-CN': '测试' },
    horizontal: cited(pack.horizontal), vertical: cited(pack.vertical), distance: cited(pack.distance), cover: cited(pack.cover),
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

export function prepareNetwork(network: FeatureCollection, pack: RulePack): PreparedClearance {
  const assets = network.features.map(assetOf)
  const least = (axis: 0 | 1) => Math.min(...assets.flatMap(asset => asset.axis.map(vertex => vertex[axis])))
  return prepareClearance({ assets: buildAssetColumns(assets, originFor(least(0), least(1))), pack, ground: null, surfaceFeatures: [] })
}

export const checkFeatures = (network: FeatureCollection, pack: OraclePack, selection: CheckSelection = {}): CheckOutcome =>
  checkNetwork(prepareNetwork(network, packOf(pack)), selection)
