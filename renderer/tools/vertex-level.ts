import type { OuterSection } from '#shared/twin/asset.ts'
import type { PipelineTemplate } from '#renderer/state/session-store.ts'

/** Outer half-height of a section, metres. */
export const halfHeightM = (section: OuterSection): number => (section.shape === 'circle' ? section.diameterM : section.heightM) / 2

/**
 * Level of the axis for a drawn vertex, local frame.
 * Cover counts from the ground down to the crown; a fixed level is that of the axis in the project's datum.
 * @param groundZ Level cover counts from, local frame.
 * @param originZ Project datum = local + originZ.
 */
export function vertexLevel(template: Pick<PipelineTemplate, 'vertical' | 'section'>, groundZ: number, originZ: number): number {
  if (template.vertical.mode === 'level') return template.vertical.levelM - originZ
  return groundZ - template.vertical.coverM - halfHeightM(template.section)
}
