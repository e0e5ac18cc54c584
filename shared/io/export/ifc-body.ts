import type { OuterSection, Vec3 } from '../../twin/asset.ts'
import type { GroundTriangles } from './ground-tin.ts'
import { list, real, type StepId, type StepWriter } from './step-writer.ts'

interface IfcFrame {
  readonly placement: StepId
  readonly bodyContext: StepId
  readonly axisContext: StepId
}

/** A node whose size is not known is drawn as a small cylinder: a sign, not its size. */
const SIGN_M = { diameter: 0.2, height: 0.2 } as const

/** Bodies of elements, in the frame of the site. */
export class IfcBody {
  readonly placement: StepId
  readonly #step: StepWriter
  readonly #frame: IfcFrame

  constructor(step: StepWriter, frame: IfcFrame) {
    this.#step = step
    this.#frame = frame
    this.placement = step.add('IFCLOCALPLACEMENT', [frame.placement, step.add('IFCAXIS2PLACEMENT3D', [step.point([0, 0, 0]), '$', '$'])])
  }

  /** Axis, and a disk swept along it or a rectangle extruded along each straight part. */
  swept(axis: readonly Vec3[], section: OuterSection): StepId {
    const step = this.#step
    const line = step.add('IFCPOLYLINE', [list(axis.map(place => step.point(place)))])
    const isCircle = section.shape === 'circle'
    const solids = isCircle ? [step.add('IFCSWEPTDISKSOLID', [line, real(section.diameterM / 2), '$', '$', '$'])] : this.#rectangles(axis, section)
    return this.#shape([
      step.add('IFCSHAPEREPRESENTATION', [this.#frame.axisContext, "'Axis'", "'Curve3D'", list([line])]),
      step.add('IFCSHAPEREPRESENTATION', [this.#frame.bodyContext, "'Body'", isCircle ? "'AdvancedSweptSolid'" : "'SweptSolid'", list(solids)]),
    ])
  }

  #rectangles(axis: readonly Vec3[], { widthM, heightM }: { readonly widthM: number; readonly heightM: number }): StepId[] {
    const step = this.#step
    const profile = step.add('IFCRECTANGLEPROFILEDEF', ['.AREA.', '$', '$', real(widthM), real(heightM)])
    return axis.slice(1).flatMap((to, i) => {
      const from = axis[i]!
      const along: Vec3 = [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
      const lengthM = Math.hypot(...along)
      const planM = Math.hypot(along[0], along[1])
      if (lengthM === 0) return []
      const across: Vec3 = planM > 1e-9 ? [-along[1] / planM, along[0] / planM, 0] : [1, 0, 0]
      const placement = step.add('IFCAXIS2PLACEMENT3D', [step.point(from), step.direction(along.map(value => value / lengthM) as unknown as Vec3), step.direction(across)])
      return [step.add('IFCEXTRUDEDAREASOLID', [profile, placement, step.direction([0, 0, 1]), real(lengthM)])]
    })
  }

  /** A cylinder from the cover down to the floor, placed at the cover. */
  chamber(at: Vec3, diameterM: number | undefined, bottomZ: number | undefined): { placement: StepId; shape: StepId } {
    const step = this.#step
    const placement = step.add('IFCLOCALPLACEMENT', [this.#frame.placement, step.add('IFCAXIS2PLACEMENT3D', [step.point(at), '$', '$'])])
    const profile = step.add('IFCCIRCLEPROFILEDEF', ['.AREA.', '$', '$', real((diameterM ?? SIGN_M.diameter) / 2)])
    const depthM = bottomZ !== undefined && at[2] - bottomZ > 0 ? at[2] - bottomZ : SIGN_M.height
    const solid = step.add('IFCEXTRUDEDAREASOLID', [profile, '$', step.direction([0, 0, -1]), real(depthM)])
    return { placement, shape: this.#shape([step.add('IFCSHAPEREPRESENTATION', [this.#frame.bodyContext, "'Body'", "'SweptSolid'", list([solid])])]) }
  }

  triangulated({ xyz, faces }: GroundTriangles, local: (place: Vec3) => Vec3): StepId {
    const step = this.#step
    const points: string[] = []
    for (let i = 0; i < xyz.length; i += 3) points.push(list(local([xyz[i]!, xyz[i + 1]!, xyz[i + 2]!]).map(real)))
    const rows: string[] = []
    for (let i = 0; i < faces.length; i += 3) rows.push(`(${faces[i]! + 1},${faces[i + 1]! + 1},${faces[i + 2]! + 1})`)
    const set = step.add('IFCTRIANGULATEDFACESET', [step.add('IFCCARTESIANPOINTLIST3D', [list(points), '$']), '$', '.F.', list(rows), '$'])
    return this.#shape([step.add('IFCSHAPEREPRESENTATION', [this.#frame.bodyContext, "'Body'", "'Tessellation'", list([set])])])
  }

  #shape(representations: readonly StepId[]): StepId {
    return this.#step.add('IFCPRODUCTDEFINITIONSHAPE', ['$', '$', list(representations)])
  }
}
