import { chainagesOf } from '../../geometry/section-line.ts'
import { z } from 'zod'
import spacingFile from '../../../assets/routing/manholes.json' with { type: 'json' }
import type { OuterSection, Vec3 } from '../../twin/asset.ts'
import { withVerticesAt } from './axis.ts'

const schema = z.strictObject({
  format: z.literal('underplan-manhole-spacing/1'),
  clause: z.string(),
  spacing: z.array(z.strictObject({ maxDiameterM: z.number().positive(), spacingM: z.number().positive() })).min(1),
})
const { spacing, clause } = schema.parse(spacingFile)

export const manholeClause = clause

/** Greatest distance between manholes of a gravity line of this size on a straight stretch, metres. */
export function manholeSpacingM(section: OuterSection): number {
  const sizeM = section.shape === 'circle' ? section.diameterM : Math.max(section.widthM, section.heightM)
  return (spacing.find(({ maxDiameterM }) => sizeM <= maxDiameterM + 1e-9) ?? spacing.at(-1)!).spacingM
}

/**
 * A gravity line whose vertices are its manholes, with further ones so that no stretch between two is longer than the
 * spacing: each stretch in equal parts, on its own grade. A line that has enough is given back as it is.
 */
export function withManholes(axis: readonly Vec3[], spacingM: number): Vec3[] {
  const chainages = chainagesOf(axis)
  return withVerticesAt(axis, chainages.slice(1).flatMap((to, i) => {
    const from = chainages[i]!
    const parts = Math.max(1, Math.ceil((to - from) / spacingM - 1e-9))
    return Array.from({ length: parts - 1 }, (_, k) => from + ((k + 1) * (to - from)) / parts)
  }))
}
