import { ASSUMED } from '../twin/asset.ts'
import { assetKind } from '../twin/asset-columns.ts'
import { groundSampler } from '../twin/ground.ts'
import type { AssetKind } from '../twin/kinds.ts'
import type { FlawList } from './flaw-list.ts'
import type { QualityInput } from './quality-report.ts'

/**
 * Largest outer dimension that lines of a kind have, metres, smallest and largest seen in catalogues and city ledgers:
 * beyond it a unit was mistaken (millimetres for metres, inches for millimetres). Our own bounds, wide on purpose.
 */
export const PLAUSIBLE_SIZE_M: Readonly<Record<AssetKind, readonly [number, number]>> = {
  water: [0.01, 4], reclaimed: [0.01, 4], sewer_foul: [0.05, 8], sewer_storm: [0.05, 12], sewer_combined: [0.05, 12], gas: [0.01, 2], heat: [0.01, 2.5],
  power: [0.005, 6], telecom: [0.005, 4], industrial: [0.005, 4], tunnel: [0.5, 30], trench: [0.1, 30], unknown: [0.005, 30],
}

/** Crown above ground by more than survey and terrain models disagree: metres. */
const ABOVE_GROUND_M = 0.1
/** Deeper than open cuts and jacking in a city go: a datum or a unit was mistaken. Tunnels go where they like. */
const TOO_DEEP_M = 40

/** Flaws of a line by itself: impossible size, above the ground, far below it. One of a sort per line, at its worst place. */
export function findLineFlaws({ columns, ground }: Pick<QualityInput, 'columns' | 'ground'>, flaws: FlawList): void {
  const groundAt = ground && groundSampler(ground)
  const { vertexStart, xyz } = columns
  for (let i = 0; i < columns.count; i++) {
    const kind = assetKind(columns, i)
    const first = vertexStart[i]!
    const sizeM = 2 * Math.max(columns.halfWidthM[i]!, columns.halfHeightM[i]!)
    const [least, most] = PLAUSIBLE_SIZE_M[kind]
    const isSizeKnown = (columns.assumed[i]! & ASSUMED.size) === 0
    if (isSizeKnown && (sizeM < least || sizeM > most)) flaws.add('size_implausible', i, [xyz[3 * first]!, xyz[3 * first + 1]!, xyz[3 * first + 2]!], sizeM)
    // A level that was assumed says nothing about the ground it was assumed from.
    if (!groundAt || columns.assumed[i]! & (ASSUMED.level | ASSUMED.ground)) continue
    let [leastCoverM, leastAt, mostCoverM, mostAt] = [Infinity, first, -Infinity, first]
    for (let v = first; v < vertexStart[i + 1]!; v++) {
      const level = groundAt(xyz[3 * v]!, xyz[3 * v + 1]!)
      if (level === null) continue
      const coverM = level - (xyz[3 * v + 2]! + columns.halfHeightM[i]!)
      if (coverM < leastCoverM) [leastCoverM, leastAt] = [coverM, v]
      if (coverM > mostCoverM) [mostCoverM, mostAt] = [coverM, v]
    }
    if (leastCoverM < -ABOVE_GROUND_M) flaws.add('above_ground', i, [xyz[3 * leastAt]!, xyz[3 * leastAt + 1]!, xyz[3 * leastAt + 2]!], -leastCoverM)
    if (mostCoverM > TOO_DEEP_M && kind !== 'tunnel') flaws.add('too_deep', i, [xyz[3 * mostAt]!, xyz[3 * mostAt + 1]!, xyz[3 * mostAt + 2]!], mostCoverM)
  }
}
