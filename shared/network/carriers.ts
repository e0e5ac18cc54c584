import { ASSET_KINDS, type AssetKind } from '../twin/kinds.ts'

/** What joins what: water joins water only; the three sewers join each other, which is how a wrong connection shows. */
export const CARRIERS = ['water', 'reclaimed', 'sewer', 'gas', 'heat', 'power', 'telecom', 'industrial', 'tunnel', 'trench', 'unknown'] as const
export type Carrier = (typeof CARRIERS)[number]

export const carrierOfKind = (kind: AssetKind): Carrier => (kind === 'sewer_foul' || kind === 'sewer_storm' || kind === 'sewer_combined' ? 'sewer' : kind)

/** Index into CARRIERS by index into ASSET_KINDS. */
export const CARRIER_BY_KIND: Uint8Array = Uint8Array.from(ASSET_KINDS, kind => CARRIERS.indexOf(carrierOfKind(kind)))
