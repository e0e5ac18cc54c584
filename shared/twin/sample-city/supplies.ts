import { mostOf } from '../../core/extremes.ts'
import type { AssetRecord, Vec3 } from '../asset.ts'
import type { AssetKind } from '../kinds.ts'
import type { Ledger } from './ledger.ts'

/** Kinds that come from somewhere: without a source, nothing is supplied and no burst cuts anybody off. */
const SUPPLIED: readonly AssetKind[] = ['water', 'reclaimed', 'gas', 'heat']

/** One source for each supplied kind, at the highest end of its widest mains: the waterworks tank, the gas station, the heating plant. */
export function placeSupplies(ledger: Ledger): void {
  for (const kind of SUPPLIED) {
    const mains = ledger.assets.filter(asset => asset.kind === kind && asset.attributes['part'] === 'main')
    const widestM = mostOf(mains.map(widthM))
    const ends = mains.filter(asset => widthM(asset) === widestM).flatMap(asset => [asset.axis[0]!, asset.axis.at(-1)!])
    const highest = ends.reduce<Vec3 | null>((best, end) => (best === null || end[2] > best[2] ? end : best), null)
    if (highest) ledger.addNode(kind, 'source', highest)
  }
}

const widthM = ({ section }: AssetRecord): number => (section.shape === 'circle' ? section.diameterM : section.widthM)
