import { ok, type Result } from '../core/result.ts'
import type { Excavation as PlannedExcavation } from '../scenario/document.ts'
import { assetId, assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import { assetsInBox } from '../twin/assets-in-box.ts'
import type { Vec3 } from '../twin/asset.ts'
import { groundSampler, type GroundSurface } from '../twin/ground.ts'
import type { AssetKind } from '../twin/kinds.ts'
import { BORE_DEFAULTS, boreEffects, boreReachM, type BoreEffect } from './bore-effects.ts'
import { answerOf, cutReach, effectsOf, noticesOf, solidOf, type Excavation } from './excavate.ts'
import { requestOf } from './excavation-request.ts'
import { groundPatches } from './ground-patches.ts'
import type { ExcavationRejection } from './rejection.ts'
import { rockMet, type RockHole, type RockMet } from './rock.ts'
import { DEFAULT_INFLUENCE } from './safe-dig.ts'
import { buildSegmentIndex } from './segment-index.ts'

/** What a bore does to one asset, by name. */
export interface BoredAsset extends Omit<BoreEffect, 'asset'> {
  readonly id: string
  readonly kind: AssetKind
  readonly owner: string
}

/** One excavation of a scheme computed: a cut, or a bore. Local frame, metres. */
export type SchemeDig = {
  readonly planned: PlannedExcavation
  /** Rock that boreholes near it found above its lowest point. Project CRS. */
  readonly rock: readonly RockMet[]
} & (
  | { readonly cut: Result<Excavation, ExcavationRejection>; readonly bored: null }
  | { readonly cut: null; readonly bored: readonly BoredAsset[] }
)

/**
 * Volumes and effects of a scheme's excavations, in their order.
 * @param columns What is in the ground; assets with status `removed` are not. @param holes Boreholes that found rock.
 */
export function schemeDigs(columns: AssetColumns, ground: GroundSurface | null, excavations: readonly PlannedExcavation[], holes: readonly RockHole[]): SchemeDig[] {
  const patches = ground && groundPatches(ground)
  return excavations.map((planned): SchemeDig => {
    if (planned.shape.type === 'bore') return { planned, rock: rockMet(planned, null, holes), cut: null, bored: boredAssets(planned.shape, columns, ground) }
    const request = requestOf(planned, columns.origin)!
    const solid = solidOf(request, patches)
    if (!solid.ok) return { planned, rock: [], cut: solid, bored: null }
    const near = assetsInBox(columns, cutReach(solid.value, columns, request.soil?.influenceDeg ?? DEFAULT_INFLUENCE.deg), false)
    const effects = effectsOf(solid.value, { columns: near, index: buildSegmentIndex(near), ground: patches }, request.soil)
    return { planned, rock: rockMet(planned, solid.value.levelM + columns.origin[2], holes), cut: ok(answerOf(request, solid.value, effects.map(effect => ({ columns: near, effect })))), bored: null }
  })
}

/** The excavations of a scheme that go into rock known from boreholes near them. @param origin Of the local frame the ground is in. */
export function excavationsInRock(excavations: readonly PlannedExcavation[], ground: GroundSurface | null, origin: Vec3, holes: readonly RockHole[]): readonly { readonly id: string; readonly rock: readonly RockMet[] }[] {
  if (holes.length === 0 || excavations.length === 0) return []
  const patches = ground && groundPatches(ground)
  return excavations.flatMap(planned => {
    const request = requestOf(planned, origin)
    const solid = request && solidOf(request, patches)
    const rock = rockMet(planned, solid?.ok ? solid.value.levelM + origin[2] : null, holes)
    return rock.length > 0 ? [{ id: planned.id, rock }] : []
  })
}

/**
 * Pits and trenches that no cut can be made of, with the reason: what they would strike nobody knows, so a scheme with one
 * is never clear. A bore is always one. @param origin Of the local frame the ground is in.
 */
export function uncutExcavations(excavations: readonly PlannedExcavation[], ground: GroundSurface | null, origin: Vec3): readonly { readonly id: string; readonly rejection: ExcavationRejection }[] {
  const requests = excavations.flatMap(planned => {
    const request = requestOf(planned, origin)
    return request ? [{ id: planned.id, request }] : []
  })
  if (requests.length === 0) return []
  const patches = ground && groundPatches(ground)
  return requests.flatMap(({ id, request }) => {
    const solid = solidOf(request, patches)
    return solid.ok ? [] : [{ id, rejection: solid.error }]
  })
}

/** Whom to tell of all of them together: owners with their assets, each once. */
export function schemeNotices(digs: readonly SchemeDig[]): Excavation['notices'] {
  const affected = (dig: SchemeDig): readonly { readonly id: string; readonly owner: string }[] => (dig.cut?.ok ? dig.cut.value.assets : (dig.bored ?? []))
  return noticesOf([...new Map(digs.flatMap(affected).map(asset => [asset.id, asset])).values()])
}

export function boreOf({ axis, diameterM }: Extract<PlannedExcavation['shape'], { type: 'bore' }>, origin: Vec3) {
  return { axis: axis.map(([x, y, z]): Vec3 => [x - origin[0], y - origin[1], z - origin[2]]), diameterM, ...BORE_DEFAULTS }
}

/** What a bore comes near to or lets settle, with the columns its indices are of. */
export function boredEffects(shape: Extract<PlannedExcavation['shape'], { type: 'bore' }>, columns: AssetColumns, ground: GroundSurface | null): { readonly effects: readonly BoreEffect[]; readonly near: AssetColumns } {
  const bore = boreOf(shape, columns.origin)
  const groundAt = ground && groundSampler(ground)
  let widestM = 0
  for (const half of columns.halfWidthM) widestM = Math.max(widestM, half)
  const [reachM, xs, ys] = [boreReachM(bore, bore.axis, groundAt, widestM), bore.axis.map(p => p[0]), bore.axis.map(p => p[1])]
  const near = assetsInBox(columns, { minX: Math.min(...xs) - reachM, minY: Math.min(...ys) - reachM, maxX: Math.max(...xs) + reachM, maxY: Math.max(...ys) + reachM }, false)
  return { effects: boreEffects(bore, near, buildSegmentIndex(near), groundAt), near }
}

function boredAssets(shape: Extract<PlannedExcavation['shape'], { type: 'bore' }>, columns: AssetColumns, ground: GroundSurface | null): BoredAsset[] {
  const { effects, near } = boredEffects(shape, columns, ground)
  return effects.map(({ asset, ...effect }) => ({ id: assetId(near, asset), kind: assetKind(near, asset), owner: near.owners[near.owner[asset]!] ?? '', ...effect }))
}
