import { ASSET_KINDS, type AssetKind } from '../../twin/kinds.ts'
import type { SourceFeature } from '../source.ts'

/** Properties only the canonical form (design §8) uses, and those it shares with any file. */
const DISTINCTIVE = ['diameterM', 'widthM', 'heightM', 'wallM', 'levelReference', 'accuracyPlanM', 'accuracyLevelM', 'pressureClass', 'voltageKv', 'nodeType']
const GENERIC = new Set(['id', 'kind', 'owner', 'laying', 'status', 'scenario', 'name'])

/** Says whether a feature is written in the canonical form: a kind of ours, and no other vocabulary for its size. */
export function isCanonicalFeature({ geometry, properties }: SourceFeature): boolean {
  if (geometry === 'polygon' || !ASSET_KINDS.includes(properties['kind'] as AssetKind)) return false
  return DISTINCTIVE.some(key => Object.hasOwn(properties, key)) || Object.keys(properties).every(key => GENERIC.has(key))
}
