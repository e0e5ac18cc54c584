import type { AssetKind } from '#shared/twin/kinds.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { nodeKind } from '#shared/twin/twin-context.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { ViewState } from '#renderer/state/view-store.ts'
import type { CameraRig } from '../camera/camera-rig.ts'
import { along, meetLevel, rayThrough, type Ray } from '../camera/pose.ts'
import { isKept } from '../clip/clip-planes.ts'
import { localToView, viewToLocal } from '../scene-frame.ts'
import type { SceneModel } from '../scene-model.ts'
import { pickProposal, type ProposalHit } from './proposal-pick.ts'
import { pickAll, pickFirst, type Hit } from './segment-grid.ts'

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
    const ray = rayThrough(this.rig.pose, this.rig.lens, place.x, place.y)
    return { origin: viewToLocal(this.model.frame, ray.origin), direction: ray.direction }
  }

  /** The visible asset or node there. The ground and buildings are looked through. */
  first(ray: Ray): Hit | null {
    // What a section cuts away hides nothing.
    if (this.view().clip) return this.all(ray)[0] ?? null
    const grid = this.model.grid()
    return grid && pickFirst(grid, ray, SLACK_PX * this.pixelSlope, this.accepts())
  }

  /** Everything visible along the ray, nearest first. */
  all(ray: Ray): Hit[] {
    const { clip } = this.view()
    const grid = this.model.grid()
    return !grid ? [] : pickAll(grid, ray, SLACK_PX * this.pixelSlope, this.accepts()).filter(hit => isKept(clip, along(ray.origin, ray.direction, hit.t)))
  }

  /** The proposal there; what is planned lies on top of what is, so its near misses win over the baseline's hits. */
  proposal(ray: Ray, proposals: readonly Proposal[]): ProposalHit | null {
    return pickProposal(proposals, ray, this.model.frame.crsOrigin, SLACK_PX * this.pixelSlope)
  }

  /** Where the ray meets the ground (or the one assumed for laying out), else the given level. */
  ground(ray: Ray, levelWithout: number): Vec3 | null {
    return this.model.groundRay?.(ray) ?? meetLevel(ray, levelWithout)
  }

  /** What the camera turns about and zooms to, view frame. */
  probe(place: { readonly x: number; readonly y: number }): Vec3 | null {
    const ray = this.ray(place)
    const hit = this.first(ray)
    const ground = this.model.groundRay?.(ray) ?? null
    const point = hit ? along(ray.origin, ray.direction, hit.t) : (ground ?? meetLevel(ray, viewToLocal(this.model.frame, this.rig.pose.target)[2]))
    return point && localToView(this.model.frame, point)
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
