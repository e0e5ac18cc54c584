import { boreEffects } from '#shared/excavation/bore-effects.ts'
import { cutMesh } from '#shared/excavation/cut-mesh.ts'
import { answerOf, effectsOf, solidOf, type AffectedAsset } from '#shared/excavation/excavate.ts'
import { requestOf } from '#shared/excavation/excavation-request.ts'
import { rockMet } from '#shared/excavation/rock.ts'
import { boreOf, type BoredAsset } from '#shared/excavation/scheme-digs.ts'
import { endsFrom, isConnectedIn, isMeantToBeThere } from '#shared/excavation/meant-to-be-there.ts'
import { exposedSpans } from '#shared/excavation/exposed-spans.ts'
import { refuseExcavation } from '#shared/scenario/refuse-excavation.ts'
import type { Excavation } from '#shared/scenario/document.ts'
import { assetId, assetKind, assetSection } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { CutResult } from '#renderer/state/scheme/excavation-store.ts'
import type { DigSite } from './dig-site.ts'

/** Everything the interface shows of one excavation. @param origin Project CRS of the local zero. */
export function cutResult(excavation: Excavation, site: DigSite, origin: Vec3): CutResult {
  const started = performance.now()
  const nothing = { excavation, refusal: null, solid: null, mesh: null, cut: null, bored: null, rock: [], hanging: [] }
  const finished = (part: Partial<CutResult>): CutResult => ({ ...nothing, ...part, computeMs: performance.now() - started })
  const refusal = refuseExcavation(excavation)
  if (refusal) return finished({ refusal })
  if (excavation.shape.type === 'bore') return finished({ bored: boredAssets(excavation, site, origin), rock: rockMet(excavation, null, site.rockHoles) })
  const request = requestOf(excavation, origin)!
  const solid = solidOf(request, site.ground)
  if (!solid.ok) return finished({ refusal: solid.error })
  // As the check finds them: a line that the excavation is dug for is not struck, nor is the one a trench leads to.
  const ends = site.proposals ? endsFrom(site.proposals.columns, 0) : []
  const affected = [site.baseline, site.proposals].flatMap(group => (group
    ? effectsOf(solid.value, { ...group, ground: site.ground }, request.soil)
      .filter(({ asset }) => group !== site.proposals || !isMeantToBeThere(excavation.shape, group.columns, asset))
      .map((effect): AffectedAsset => ({ columns: group.columns, effect: effect.struck && isConnectedIn(excavation.shape, group.columns, effect.asset, effect.struckLengthM, ends) ? { ...effect, struck: false, struckLengthM: 0 } : effect }))
    : [])).filter(({ columns, effect }) => !site.removed.has(assetId(columns, effect.asset)))
  const cut = answerOf(request, solid.value, affected)
  const hanging = affected.flatMap(({ columns, effect }, i) => (effect.exposed ? [{ asset: cut.assets[i]!, section: assetSection(columns, effect.asset), spans: exposedSpans(solid.value, columns, effect.asset) }] : []))
  return finished({ solid: solid.value, mesh: cutMesh(solid.value, site.groundAt), cut, rock: rockMet(excavation, solid.value.levelM + origin[2], site.rockHoles), hanging })
}

function boredAssets({ shape }: Excavation, site: DigSite, origin: Vec3): BoredAsset[] {
  if (shape.type !== 'bore') return []
  return [site.baseline, site.proposals].flatMap(group => (group ? boreEffects(boreOf(shape, origin), group.columns, group.index, site.groundAt).map(({ asset, ...effect }) => ({
    id: assetId(group.columns, asset), kind: assetKind(group.columns, asset), owner: group.columns.owners[group.columns.owner[asset]!] ?? '', ...effect,
  })) : [])).filter(({ id }) => !site.removed.has(id))
}
