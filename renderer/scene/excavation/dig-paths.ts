import type { ExcavationShape, ScenarioDocument } from '#shared/scenario/document.ts'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import type { DrawnPath } from '../paths/path-mesh.ts'
import { crsToView } from '../scene-frame.ts'
import type { SceneModel } from '../scene-model.ts'

const RIM: OuterSection = { shape: 'circle', diameterM: 0.08 }

/** Outlines of excavations on the ground, bores as they run. */
export function digPaths(document: ScenarioDocument | null, model: SceneModel, colour: string): DrawnPath[] {
  const { origin } = model.columns
  const onGround = ([x, y]: readonly [number, number]): Vec3 => [x, y, (model.groundAt?.(x - origin[0], y - origin[1]) ?? 0) + origin[2]]
  const axisOf = (shape: ExcavationShape): Vec3[] => {
    if (shape.type === 'bore') return [...shape.axis]
    return (shape.type === 'pit' ? [...shape.outline, shape.outline[0]!] : shape.line).map(([x, y]) => onGround([x, y]))
  }
  return Object.values(document?.excavations ?? {}).map(({ shape }): DrawnPath => ({
    axis: axisOf(shape).map(point => crsToView(model.frame, point)), section: shape.type === 'bore' ? { shape: 'circle', diameterM: shape.diameterM } : RIM, tint: { colour, strength: 1 },
  }))
}
