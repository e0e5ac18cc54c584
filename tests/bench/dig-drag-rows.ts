import { seededRandom, type Random } from '#shared/core/random.ts'
import { boreAxis } from '#shared/excavation/bore-axis.ts'
import { BORE_DEFAULTS, boreEffects, type BoreRequest } from '#shared/excavation/bore-effects.ts'
import { excavate, type ExcavationRequest, type ExcavationSite } from '#shared/excavation/excavate.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import { assetId, buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { groundSampler, type GroundSampler } from '#shared/twin/ground.ts'
import type { BenchCity } from './bench-city.ts'
import { recordsNear } from './crop.ts'
import { measureEach, type Samples } from './measure.ts'

/** Frames of one drag. */
const FRAMES = 4
const CHECKED = 5

/**
 * Frames of a pit in the hand: one corner goes from place to place, and each frame digs the whole pit anew with all it does
 * to what lies about it, as the app does. Every frame counts.
 */
export function measurePitDrags(pits: readonly ExcavationRequest[], site: ExcavationSite, seed: number): Samples {
  const random = seededRandom(seed + 3)
  const frames = pits.slice(0, Math.ceil(pits.length / FRAMES)).flatMap(pit => Array.from({ length: FRAMES }, (): ExcavationRequest => {
    const [x, y] = pit.outline[0]!
    return { ...pit, outline: pit.outline.with(0, [x + random.range(-1, 1), y + random.range(-1, 1)]) }
  }))
  return measureEach(frames, frame => excavate(frame, site))
}

/** Frames of a bore's exit in the hand: 30 to 80 m long, its arc designed and its effects told anew each time. */
export function measureBoreDrags({ input: { assets, ground } }: BenchCity, { index }: ExcavationSite, count: number, seed: number): Samples {
  const groundAt = groundSampler(ground)
  const random = seededRandom(seed + 4)
  const bores = Array.from({ length: Math.ceil(count / FRAMES) }, () => boreFrom(assets, groundAt, random))
  for (const bore of bores.slice(0, CHECKED)) checkBore(designed(bore, [0, 0]), assets, { groundAt, index })
  const frames = bores.flatMap(bore => Array.from({ length: FRAMES }, () => ({ bore, by: [random.range(-2, 2), random.range(-2, 2)] as const })))
  return measureEach(frames, ({ bore, by }) => boreEffects(designed(bore, by), assets, index, groundAt))
}

interface BoreInHand {
  readonly entry: Vec3
  readonly exit: Vec3
  readonly levelM: number
  readonly diameterM: number
}

function boreFrom({ xyz }: AssetColumns, groundAt: GroundSampler, random: Random): BoreInHand {
  const v = random.int(xyz.length / 3)
  const [x, y, angle, length] = [xyz[3 * v]!, xyz[3 * v + 1]!, random.range(0, 6.3), random.range(30, 80)]
  const onGround = (px: number, py: number): Vec3 => [px, py, groundAt(px, py) ?? 0]
  const [entry, exit] = [onGround(x, y), onGround(x + length * Math.cos(angle), y + length * Math.sin(angle))]
  return { entry, exit, levelM: Math.min(entry[2], exit[2]) - random.range(3, 6), diameterM: random.range(0.3, 1.2) }
}

/** The bore with its exit moved; where its angles cannot meet, straight from pit to pit. */
function designed({ entry, exit: [x, y, z], levelM, diameterM }: BoreInHand, [dx, dy]: readonly [number, number]): BoreRequest {
  const exit: Vec3 = [x + dx, y + dy, z]
  const made = boreAxis(entry, exit, { entryDeg: 25, exitDeg: 25, radiusM: 20, levelM })
  return { axis: made.ok ? made.value : [[entry[0], entry[1], levelM], [exit[0], exit[1], levelM]], diameterM, ...BORE_DEFAULTS }
}

/** What a bore does to the city is what it does to its neighbourhood alone. */
function checkBore(bore: BoreRequest, assets: AssetColumns, { groundAt, index }: { readonly groundAt: GroundSampler; readonly index: ExcavationSite['index'] }): void {
  const near = buildAssetColumns(recordsNear(assets, bore.axis.map(([x, y]) => [x, y] as const), 100), assets.origin)
  const told = (columns: AssetColumns, own: ExcavationSite['index']): string =>
    JSON.stringify(boreEffects(bore, columns, own, groundAt).map(({ asset, struck, clearanceM, settlementM }) => [assetId(columns, asset), struck, clearanceM.toFixed(6), settlementM.toFixed(6)]).sort())
  if (told(assets, index) !== told(near, buildSegmentIndex(near))) throw new Error('a bore differs from that of its neighbourhood alone')
}
