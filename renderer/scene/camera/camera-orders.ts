import type { Vec3 } from '#shared/twin/asset.ts'
import type { CameraOrder } from '#renderer/state/view/view-store.ts'
import { localToView, type Box, type SceneFrame } from '../scene-frame.ts'
import { bestView, type Occlusion } from './best-view.ts'
import { along, clampPose, dot, minus, poseBasis, projectPoint, type CameraPose, type Lens } from './pose.ts'

const DEGREE = Math.PI / 180
const OBLIQUE_ELEVATION = 32 * DEGREE
/** How far above the middle a spot is shown, as a share of half the picture's height. */
const SPOT_LIFT = 0.22
/** Room left around what is fitted. */
const MARGIN = 1.06

/**
 * The pose an order asks for, from where the camera is now. @param shown Leads from the view frame to the picture's.
 * @param occlusion Between points of the picture's frame. @param network Boxes that the network fills, view frame: what a fit shows.
 */
export function poseForOrder(order: CameraOrder, now: CameraPose, frame: SceneFrame, lens: Lens, occlusion: Occlusion, shown: (point: Vec3) => Vec3 = point => point, network: readonly Box[] = []): CameraPose {
  const { min, max } = frame.network ?? frame.bounds ?? { min: [-100, -100, -20], max: [100, 100, 20] }
  const bounds = { min: shown(min), max: shown(max) }
  const placed = (point: Vec3) => shown(localToView(frame, point))
  switch (order.type) {
    case 'fit': return fitBoxes(network.length > 0 ? network.map(box => ({ min: shown(box.min), max: shown(box.max) })) : [bounds], now.azimuth, Math.max(now.elevation, 20 * DEGREE), lens)
    case 'top': return fitOrKeep(now, bounds, 0, 90 * DEGREE, lens)
    case 'below': return fitOrKeep(now, bounds, now.azimuth, -35 * DEGREE, lens)
    case 'oblique': return fitOrKeep(now, bounds, now.azimuth, OBLIQUE_ELEVATION, lens)
    case 'box': return fitBox({ min: placed(order.min), max: placed(order.max) }, now.azimuth, nearElevation(now.elevation), lens)
    case 'points': return fitBoxes(order.points.map(placed).map(point => ({ min: point, max: point })), now.azimuth, nearElevation(now.elevation), lens)
    case 'pose': return poseBetween(placed(order.position), placed(order.target))
    case 'spot': {
      const at = placed(order.at)
      const view = bestView(at, order.alongA, order.radiusM, now.azimuth, occlusion)
      const distance = Math.max(6, (2.4 * order.radiusM) / Math.tan(lens.fieldOfView / 2))
      // A little above the middle of the picture: what is said about the spot stands below it.
      const { up } = poseBasis(view.azimuth, view.elevation)
      return clampPose({ ...view, target: along(at, up, -SPOT_LIFT * distance * Math.tan(lens.fieldOfView / 2)), distance })
    }
  }
}

/** The pose of an eye at one place that looks at another. */
export function poseBetween(eye: Vec3, target: Vec3): CameraPose {
  const arm = minus(eye, target)
  const plan = Math.hypot(arm[0], arm[1])
  return clampPose({ target, distance: Math.hypot(plan, arm[2]), azimuth: Math.atan2(-arm[0], -arm[1]), elevation: Math.atan2(arm[2], plan) })
}

/** Views from above, below and aslant turn about what is looked at, unless that is nowhere near the data. */
function fitOrKeep(now: CameraPose, bounds: Box, azimuth: number, elevation: number, lens: Lens): CameraPose {
  const inside = [0, 1].every(c => now.target[c]! >= bounds.min[c]! && now.target[c]! <= bounds.max[c]!)
  return inside ? clampPose({ ...now, azimuth, elevation }) : fitBox(bounds, azimuth, elevation, lens)
}

const nearElevation = (elevation: number): number => Math.min(70 * DEGREE, Math.max(25 * DEGREE, elevation))

/** How often what is fitted is put into the middle: each time it comes nearer, and so moves. */
const CENTRINGS = 3

/** The same for what fills several boxes: a winding or scattered network leaves most of the box about it empty. */
export function fitBoxes(boxes: readonly Box[], azimuth: number, elevation: number, lens: Lens): CameraPose {
  const union: Box = {
    min: [0, 1, 2].map(c => boxes.reduce((low, box) => Math.min(low, box.min[c]!), Infinity)) as unknown as Vec3,
    max: [0, 1, 2].map(c => boxes.reduce((high, box) => Math.max(high, box.max[c]!), -Infinity)) as unknown as Vec3,
  }
  let pose = fitBox(union, azimuth, elevation, lens)
  if (boxes.length < 2) return pose
  const basis = poseBasis(pose.azimuth, pose.elevation)
  const half = Math.tan(lens.fieldOfView / 2)
  const corners = boxes.flatMap(({ min, max }) => Array.from({ length: 8 }, (_, k): Vec3 => [k & 1 ? max[0] : min[0], k & 2 ? max[1] : min[1], k & 4 ? max[2] : min[2]]))
  for (let round = 0; round < CENTRINGS; round++) {
    const [across, upward] = [[Infinity, -Infinity], [Infinity, -Infinity]] as [[number, number], [number, number]]
    for (const corner of corners) {
      const place = projectPoint(pose, lens, corner)
      if (!place) continue
      for (const [span, value] of [[across, place.x], [upward, place.y]] as const) {
        span[0] = Math.min(span[0], value)
        span[1] = Math.max(span[1], value)
      }
    }
    const target = along(along(pose.target, basis.right, ((across[0] + across[1]) / 2) * half * lens.aspect * pose.distance), basis.up, ((upward[0] + upward[1]) / 2) * half * pose.distance)
    let distance = 8
    for (const corner of corners) {
      const arm = minus(corner, target)
      const reach = Math.max(Math.abs(dot(arm, basis.right)) / (half * lens.aspect), Math.abs(dot(arm, basis.up)) / half)
      distance = Math.max(distance, dot(arm, basis.back) + reach * MARGIN)
    }
    pose = clampPose({ ...pose, target, distance })
  }
  return pose
}

/** The nearest pose along a bearing and elevation from which a box is wholly in the picture. */
export function fitBox(box: Box, azimuth: number, elevation: number, lens: Lens): CameraPose {
  const target: Vec3 = [0, 1, 2].map(c => (box.min[c]! + box.max[c]!) / 2) as unknown as Vec3
  const turned = clampPose({ target, distance: 1, azimuth, elevation })
  const basis = poseBasis(turned.azimuth, turned.elevation)
  const half = Math.tan(lens.fieldOfView / 2)
  let distance = 8
  for (let corner = 0; corner < 8; corner++) {
    const at: Vec3 = [corner & 1 ? box.max[0] : box.min[0], corner & 2 ? box.max[1] : box.min[1], corner & 4 ? box.max[2] : box.min[2]]
    const arm = minus(at, target)
    const reach = Math.max(Math.abs(dot(arm, basis.right)) / (half * lens.aspect), Math.abs(dot(arm, basis.up)) / half)
    distance = Math.max(distance, dot(arm, basis.back) + reach * MARGIN)
  }
  return clampPose({ ...turned, distance })
}
