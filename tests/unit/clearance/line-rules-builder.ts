import { checkLines } from '#shared/clearance/line-rules/check-lines.ts'
import type { Site } from '#shared/clearance/line-rules/line-tester.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { prepareClearance, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { parseRulePack } from '#shared/rules/parse-rule-pack.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, NodeRecord, Vec3 } from '#shared/twin/asset.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'

/** Small networks for rule 8: a pack of one class per kind, lines 0.2 m thick known exactly, and what stands around. */
export function linePack(tables: Readonly<Record<string, unknown>>): RulePack {
  const kinds: readonly AssetKind[] = ['water', 'gas', 'sewer_foul', 'sewer_storm', 'power', 'telecom', 'heat']
  const parsed = parseRulePack({
    format: 'underplan-rules/1', id: 'lines', version: '1', title: { en: 'lines', 'zh-CN': '管线' }, semantics: 'crossing-alongside',
    classes: kinds.map(kind => ({ id: kind, match: { kind } })), ...tables,
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

/** A cell with the source that every one must have. */
export const cell = <T extends object>(fields: T) => ({ clause: 'c', basis: 'quoted', ...fields }) as const

export const aLine = (id: string, kind: AssetKind, axis: readonly Vec3[], extra: Partial<AssetRecord> = {}): AssetRecord => ({
  id, kind, axis, owner: 'o', section: { shape: 'circle', diameterM: 0.2 }, status: 'in_use', assumed: 0, attributes: {}, accuracyPlanM: 0, accuracyLevelM: 0, ...extra,
})

export const aFeature = (id: string, type: SurfaceFeature['type'], points: readonly (readonly [number, number])[], attributes: SurfaceFeature['attributes'] = {}): SurfaceFeature =>
  ({ id, type, points, name: '', attributes, geometry: points.length === 1 ? 'point' : type === 'building' || type === 'water_body' ? 'polygon' : 'line' })

export const aManhole = (id: string, at: Vec3, bottomZ: number, extra: Partial<NodeRecord> = {}): NodeRecord =>
  ({ id, nodeType: 'manhole', kind: 'sewer_foul', owner: 'o', at, bottomZ, diameterM: 1, attributes: {}, ...extra })

interface Around extends Partial<Site> {
  readonly ground?: GroundSurface
}

export function prepared(pack: RulePack, assets: readonly AssetRecord[], { surfaceFeatures = [], nodes = [], ground }: Around = {}): PreparedClearance {
  return prepareClearance({ assets: buildAssetColumns(assets, [0, 0, 0]), pack, ground: ground ?? null, surfaceFeatures, nodes })
}

export const lineFindings = (pack: RulePack, assets: readonly AssetRecord[], around: Around = {}): Finding[] =>
  checkLines(prepared(pack, assets, around), { surfaceFeatures: around.surfaceFeatures ?? [], nodes: around.nodes ?? [] })

/** The figures of findings, rounded to a micrometre. */
export const figures = (findings: readonly Finding[]) =>
  findings.map(({ rule, a, b, found, required }) => ({ rule, a: a.join(' '), b: b.join(' '), found: Math.round(found * 1e6) / 1e6, required }))
