import type { AssetKind } from '#shared/twin/kinds.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { nodeKind } from '#shared/twin/twin-context.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { ViewState } from '#renderer/state/view/view-store.ts'
import type { CameraRig } from '../camera/camera-rig.ts'
import { along, eyeOf, meetLevel, poseBasis, type Ray } from '../camera/pose.ts'
import { isKept } from '../clip/clip-planes.ts'
import { localToView, viewToLocal } from '../scene-frame.ts'
import type { SceneModel } from '../scene-model.ts'
import { pickProposal, type ProposalHit } from './proposal-pick.ts'
import type { Hit } from './pick-index.ts'

/** Thin lines count as hit this many pixels beside them. */
const SLACK_PX = 5

/** Answers "what is there" for places of the picture. Points in the local frame. */
export class ScenePicker {
  readonly model: SceneModel
  private readonly rig: CameraRig
  private readonly view: () => Pick<ViewState, 'hiddenKinds' | 'hiddenOwners' | 'showNodes' | 'clip'>
  /** Size of the picture, pixels. */
  widthPx = 1280
  heightPx = 800

  constructor(model: SceneModel, rig: CameraRig, view: () => Pick<ViewState, 'hiddenKinds' | 'hiddenOwners' | 'showNodes' | 'clip'>) {
    this.model = model
    this.rig = rig
    this.view = view
  }

  /** Metres a pixel covers, per metre of distance. */
  get pixelSlope(): number {
    return (2 * Math.tan(this.rig.lens.fieldOfView / 2)) / Math.max(1, this.heightPx)
  }

  ray(place: { readonly x: number; readonly y: number }): Ray {
    const ray = this.rig.ray(place.x, place.y)
    return { origin: viewToLocal(this.model.frame, ray.origin), direction: ray.direction }
  }

  /** The visible asset or node there. The ground and buildings are looked through. */
  first(ray: Ray): Hit | null {
    // What a section cuts away hides nothing.
    if (this.view().clip) return this.all(ray)[0] ?? null
    return this.model.picks().first(ray, SLACK_PX * this.pixelSlope, this.accepts())
  }

  /** Everything visible along the ray, nearest first. */
  all(ray: Ray): Hit[] {
    const { clip } = this.view()
    return this.model.picks().all(ray, SLACK_PX * this.pixelSlope, this.accepts()).filter(hit => isKept(clip, along(ray.origin, ray.direction, hit.t)))
  }

  /** The proposal there; what is planned lies on top of what is, so its near misses win over the baseline's hits. */
  proposal(ray: Ray, proposals: readonly Proposal[]): ProposalHit | null {
    return pickProposal(proposals, ray, this.model.frame.crsOrigin, SLACK_PX * this.pixelSlope)
  }

  /** Where the ray meets the ground (or the one assumed for laying out), else the given level. */
  ground(ray: Ray, levelWithout: number): Vec3 | null {
    return this.model.groundRay?.(ray) ?? meetLevel(ray, levelWithout)
  }

  /** What the camera turns about and zooms to, in the picture's frame. */
  probe(place: { readonly x: number; readonly y: number }): Vec3 | null {
    const ray = this.ray(place)
    const hit = this.first(ray)
    const ground = this.model.groundRay?.(ray) ?? null
    const point = hit ? along(ray.origin, ray.direction, hit.t) : (ground ?? meetLevel(ray, viewToLocal(this.model.frame, this.rig.real(this.rig.pose.target))[2]))
    return point && this.rig.shown(localToView(this.model.frame, point))
  }

  /** Whether points of the local frame lie before the eye within a box of the picture, cut away nothing. Pixels from its left top. */
  within(fromX: number, fromY: number, toX: number, toY: number): (x: number, y: number, z: number) => boolean {
    const { pose, lens, heightScale } = this.rig
    const { right, up, back } = poseBasis(pose.azimuth, pose.elevation)
    const [ex, ey, ez] = eyeOf(pose)
    const [ox, oy, oz] = this.model.frame.origin
    const half = Math.tan(lens.fieldOfView / 2)
    const span = (a: number, b: number, sizePx: number, scale: number) => [(2 * Math.min(a, b)) / sizePx - 1, (2 * Math.max(a, b)) / sizePx - 1].map(share => share * scale) as [number, number]
    const [left, rightmost] = span(fromX, toX, Math.max(1, this.widthPx), half * lens.aspect)
    const [top, bottom] = span(fromY, toY, Math.max(1, this.heightPx), half)
    const { clip } = this.view()
    return (x, y, z) => {
      const [px, py, pz] = [x - ox - ex, y - oy - ey, (z - oz) * heightScale - ez]
      const depth = -(px * back[0] + py * back[1] + pz * back[2])
      if (depth <= 0) return false
      const aside = px * right[0] + py * right[1] + pz * right[2]
      const above = px * up[0] + py * up[1] + pz * up[2]
      return aside >= left * depth && aside <= rightmost * depth && -above >= top * depth && -above <= bottom * depth && (clip === null || isKept(clip, [x, y, z]))
    }
  }

  /** Whether an item is shown now. */
  accepts(): (item: number) => boolean {
    const { columns, nodes, nodeOwners } = this.model
    const { hiddenKinds, hiddenOwners, showNodes } = this.view()
    const isShown = (kind: AssetKind, owner: string) => !hiddenKinds.has(kind) && !hiddenOwners.has(owner)
    return item => {
      if (item < columns.count) return isShown(ASSET_KINDS[columns.kind[item]!] ?? 'unknown', columns.owners[columns.owner[item]!] ?? '')
      const node = item - columns.count
      return showNodes && isShown(nodeKind(nodes, node), nodeOwners[nodes.owner.codes[node]!] ?? '')
    }
  }
}
