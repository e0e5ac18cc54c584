import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import type { PipelineTemplate } from '#renderer/state/app/session-store.ts'

/** Outer half-height of a section, metres. */
export const halfHeightM = (section: OuterSection): number => (section.shape === 'circle' ? section.diameterM : section.heightM) / 2

/**
 * Level of the axis for a drawn vertex, local frame.
 * Cover counts from the ground down to the crown; a fixed level is that of the axis in the project's datum; a grade falls from the vertex before.
 * @param at Plan place of the vertex. @param groundZ Level cover counts from. @param originZ Project datum = local + originZ.
 * @param before The vertex before, null for the first.
 */
export function vertexLevel(template: Pick<PipelineTemplate, 'vertical' | 'section'>, at: readonly [number, number], groundZ: number, originZ: number, before: Vec3 | null): number {
  const { vertical, section } = template
  if (vertical.mode === 'level') return vertical.levelM - originZ
  if (vertical.mode === 'grade' && before) return before[2] - vertical.fallRatio * Math.hypot(at[0] - before[0], at[1] - before[1])
  return groundZ - vertical.coverM - halfHeightM(section)
}
