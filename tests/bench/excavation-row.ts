import { excavate, type ExcavationRequest, type ExcavationSite } from '#shared/excavation/excavate.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import { seededRandom } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { BenchCity } from './bench-city.ts'
import { recordsNear } from './crop.ts'
import { measureEach, type Samples } from './measure.ts'

/** Where the city is dug: its ground and the index of what lies in it. */
export const digSite = ({ input }: BenchCity): ExcavationSite => ({ columns: input.assets, index: buildSegmentIndex(input.assets), ground: groundPatches(input.ground) })

/** Pits compared with a site of the neighbourhood alone, then timed, each a new one. */
export function measureExcavations({ input }: BenchCity, pits: readonly ExcavationRequest[], site: ExcavationSite): Samples {
  const { ground } = site
  for (const pit of pits.slice(0, 5)) {
    const columns = buildAssetColumns(recordsNear(input.assets, pit.outline, 60), input.assets.origin)
    const [ours, alone] = [excavate(pit, site), excavate(pit, { columns, index: buildSegmentIndex(columns), ground })]
    if (!ours.ok || !alone.ok) throw new Error('a pit was refused')
    const told = (assets: typeof ours.value.assets) => JSON.stringify([...assets].map(({ id, struck, struckLengthM, undermined }) => [id, struck, struckLengthM.toFixed(6), undermined]).sort())
    if (told(ours.value.assets) !== told(alone.value.assets)) throw new Error('an excavation differs from that of its neighbourhood alone')
  }
  return measureEach(pits, pit => excavate(pit, site))
}

/** Pits of 8 … 32 m with 4 … 8 corners, sides 1 : 0.3 … 1, about lines of the city. */
export function pitsOn({ input: { assets: { xyz } } }: BenchCity, count: number, seed: number): ExcavationRequest[] {
  const random = seededRandom(seed + 1)
  return Array.from({ length: count }, () => {
    const v = random.int(xyz.length / 3)
    const [corners, radiusM, turn] = [4 + random.int(5), random.range(4, 16), random.range(0, 6)]
    const outline = Array.from({ length: corners }, (_, k): [number, number] => {
      const angle = turn + (2 * Math.PI * k) / corners
      return [xyz[3 * v]! + radiusM * Math.cos(angle), xyz[3 * v + 1]! + radiusM * Math.sin(angle)]
    })
    return { outline, bottom: { depthM: random.range(2, 6) }, slopeRatio: random.range(0.3, 1), bench: null, soil: null, structuresM3: 0 }
  })
}
