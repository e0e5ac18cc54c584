import { leastClearDistance, type SectionSums } from '../../geometry/clear-distance.ts'
import { chainagesOf } from '../../geometry/section-line.ts'
import { newSegmentPair, newWitness } from '../../geometry/segment-pair.ts'
import type { OuterSection, Vec3 } from '../../twin/asset.ts'
import { between, lengthOf, minus } from './axis.ts'

/** Where a line runs into itself. */
export interface SelfMeeting {
  /** Plan chainages of both parts there, metres. */
  readonly firstM: number
  readonly againM: number
  /** Clear distance between them, below zero. */
  readonly clearM: number
}

/** Along the line, in widths of it: nearer parts are one bend. */
const BEND_WIDTHS = 3

/**
 * The deepest place where parts of a line that do not follow each other overlap as solids; null where none do. A ring's
 * ends meet and are no such place. @param axis Any one frame.
 */
export function selfMeeting(axis: readonly Vec3[], section: OuterSection): SelfMeeting | null {
  const isBox = section.shape !== 'circle'
  const [width, height] = isBox ? [section.widthM, section.heightM] : [section.diameterM, section.diameterM]
  const sums: SectionSums = { w: width, h: height, boxW: isBox ? width : 0, boxH: isBox ? height : 0, radius: isBox ? 0 : width, hasBox: isBox }
  const local = axis.map(point => minus(point, axis[0]!))
  const chainages = chainagesOf(local)
  const [pair, found] = [newSegmentPair(), newWitness()]
  const isFar = (k: 0 | 1, i: number, j: number): boolean => {
    const [a, b, c, d] = [local[i]![k], local[i + 1]![k], local[j]![k], local[j + 1]![k]]
    return Math.min(c, d) - Math.max(a, b) > width || Math.min(a, b) - Math.max(c, d) > width
  }
  let deepest: SelfMeeting | null = null
  for (let i = 0; i + 1 < local.length; i++) {
    for (let j = i + 2; j + 1 < local.length; j++) {
      if (isFar(0, i, j) || isFar(1, i, j)) continue
      pair.set([...local[i]!, ...local[i + 1]!, ...local[j]!, ...local[j + 1]!])
      if (leastClearDistance(pair, sums, found) >= (deepest?.clearM ?? -1e-6)) continue
      const [clearM, s, t] = [found[0]!, found[1]!, found[2]!]
      const isRing = i === 0 && s < 1e-6 && j + 2 === local.length && t > 1 - 1e-6
      const apart = lengthOf([between(local[i]!, local[i + 1]!, s), ...local.slice(i + 1, j + 1), between(local[j]!, local[j + 1]!, t)])
      if (isRing || apart < BEND_WIDTHS * Math.max(width, height)) continue
      deepest = { firstM: chainages[i]! + s * (chainages[i + 1]! - chainages[i]!), againM: chainages[j]! + t * (chainages[j + 1]! - chainages[j]!), clearM }
    }
  }
  return deepest
}
