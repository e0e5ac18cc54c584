import { describe, expect, it } from 'vitest'
import { bestView } from '#renderer/scene/camera/best-view.ts'
import { fitBox, fitBoxes, poseForOrder } from '#renderer/scene/camera/camera-orders.ts'
import { CameraRig } from '#renderer/scene/camera/camera-rig.ts'
import { clampPose, eyeOf, meetLevel, orbitAround, poseBasis, projectPoint, rayThrough, zoomAt, type CameraPose, type Lens } from '#renderer/scene/camera/pose.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const LENS: Lens = { fieldOfView: 0.75, aspect: 1.6 }

function randomPose(seed: number): CameraPose {
  const random = seededRandom(seed)
  return { target: [random.range(-50, 50), random.range(-50, 50), random.range(-9, 9)], distance: random.range(5, 200), azimuth: random.range(-4, 4), elevation: random.range(-1.4, 1.4) }
}

describe('the pose of the camera', () => {
  it('looks north along azimuth 0 and east along a quarter turn', () => {
    const eye = (azimuth: number) => eyeOf({ target: [0, 0, 0], distance: 10, azimuth, elevation: 0 })
    expect(eye(0)[1]).toBeCloseTo(-10, 9)
    expect(eye(Math.PI / 2)[0]).toBeCloseTo(-10, 9)
  })

  it.each([1, 2, 3, 4, 5])('never loses the way up (seed %i)', seed => {
    const pose = clampPose({ ...randomPose(seed), elevation: 9 })
    expect(poseBasis(pose.azimuth, pose.elevation).up[2]).toBeGreaterThan(0)
    expect(poseBasis(pose.azimuth, pose.elevation).right[2]).toBe(0)
  })

  it.each([1, 2, 3, 4, 5])('sees along a ray the point it projects (seed %i)', seed => {
    const pose = randomPose(seed)
    const ray = rayThrough(pose, LENS, 0.3, -0.6)
    const point = ray.origin.map((o, c) => o + 17 * ray.direction[c]!) as unknown as Vec3
    const place = projectPoint(pose, LENS, point)!
    expect(place.x).toBeCloseTo(0.3, 9)
    expect(place.y).toBeCloseTo(-0.6, 9)
    expect(projectPoint(pose, LENS, ray.origin.map((o, c) => o - 5 * ray.direction[c]!) as unknown as Vec3)).toBeNull()
  })

  it.each([1, 2, 3, 4, 5])('keeps the pivot of an orbit and the point of a zoom where they are in the picture (seed %i)', seed => {
    const pose = randomPose(seed)
    const ray = rayThrough(pose, LENS, -0.4, 0.5)
    const point = ray.origin.map((o, c) => o + 0.7 * pose.distance * ray.direction[c]!) as unknown as Vec3
    const orbited = projectPoint(orbitAround(pose, point, 0.7, 0.1), LENS, point)!
    expect(orbited.x).toBeCloseTo(-0.4, 6)
    expect(orbited.y).toBeCloseTo(0.5, 6)
    const zoomed = projectPoint(zoomAt(pose, point, 0.5), LENS, point)!
    expect(zoomed.x).toBeCloseTo(-0.4, 9)
    expect(zoomed.depth).toBeCloseTo(projectPoint(pose, LENS, point)!.depth / 2, 6)
  })

  it('meets a level plane ahead and none behind', () => {
    expect(meetLevel({ origin: [0, 0, 10], direction: [0.6, 0, -0.8] }, 2)).toEqual([6, 0, 2])
    expect(meetLevel({ origin: [0, 0, 10], direction: [0.6, 0, 0.8] }, 2)).toBeNull()
    expect(meetLevel({ origin: [0, 0, 10], direction: [1, 0, 0] }, 2)).toBeNull()
  })
})

describe('fitting a scattered network', () => {
  it.each([1, 2, 3, 4])('shows all of it, in the middle, and no farther off than its whole box (seed %i)', seed => {
    const random = seededRandom(seed)
    const boxes = Array.from({ length: 20 }, (_, k) => {
      const [x, y, z] = [40 * k + random.range(-5, 5), 25 * k + random.range(-5, 5), random.range(-4, 4)]
      return { min: [x, y, z] as Vec3, max: [x + 20, y + 20, z + 3] as Vec3 }
    })
    const pose = fitBoxes(boxes, random.range(-3, 3), 0.6, LENS)
    const places = boxes.flatMap(({ min, max }) => [min, max, [min[0], max[1], min[2]] as Vec3, [max[0], min[1], max[2]] as Vec3]).map(corner => projectPoint(pose, LENS, corner)!)
    for (const axis of ['x', 'y'] as const) {
      const [low, high] = [Math.min(...places.map(place => place[axis])), Math.max(...places.map(place => place[axis]))]
      expect(low).toBeGreaterThanOrEqual(-1)
      expect(high).toBeLessThanOrEqual(1)
      expect(Math.abs(low + high)).toBeLessThan(0.25)
    }
    const whole = fitBox({ min: [0, 1, 2].map(c => Math.min(...boxes.map(box => box.min[c]!))) as unknown as Vec3, max: [0, 1, 2].map(c => Math.max(...boxes.map(box => box.max[c]!))) as unknown as Vec3 }, pose.azimuth, 0.6, LENS)
    expect(pose.distance).toBeLessThanOrEqual(whole.distance * 1.001)
  })
})

describe('heights drawn taller', () => {
  it.each([1, 2, 3, 4, 5])('leave what is looked at in the middle, and every line of sight meets what is drawn there (seed %i)', seed => {
    const random = seededRandom(seed)
    const rig = new CameraRig(randomPose(seed))
    rig.lens = LENS
    const looked = rig.real(rig.pose.target)
    rig.stretch(random.range(1.5, 10))
    const middle = rig.project(looked)!
    expect([middle.x, middle.y]).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)])
    const ray = rig.ray(0.3, -0.6)
    expect(Math.hypot(...ray.direction)).toBeCloseTo(1, 12)
    const place = rig.project(ray.origin.map((o, c) => o + 17 * ray.direction[c]!) as unknown as Vec3)!
    expect(place.x).toBeCloseTo(0.3, 9)
    expect(place.y).toBeCloseTo(-0.6, 9)
    rig.stretch(1)
    for (let c = 0; c < 3; c++) expect(rig.pose.target[c]).toBeCloseTo(looked[c]!, 9)
  })

  it('fits what is drawn, not what it is in truth', () => {
    const tall = { origin: [0, 0, 0] as const, crsOrigin: [0, 0, 0] as const, bounds: { min: [-10, -10, -100] as const, max: [10, 10, 100] as const }, network: null }
    const now: CameraPose = { target: [0, 0, 0], distance: 100, azimuth: 0.4, elevation: 0.5 }
    const shown = ([x, y, z]: Vec3): Vec3 => [x, y, 3 * z]
    expect(poseForOrder({ type: 'fit' }, now, tall, LENS, () => 0, shown).distance).toBeGreaterThan(2 * poseForOrder({ type: 'fit' }, now, tall, LENS, () => 0).distance)
  })
})

describe('orders', () => {
  const frame = { origin: [100, 200, 0] as const, crsOrigin: [0, 0, 0] as const, bounds: { min: [-300, -200, -10] as const, max: [300, 200, 20] as const }, network: null }
  const now: CameraPose = { target: [0, 0, 0], distance: 100, azimuth: 0.4, elevation: 0.5 }

  it.each(['fit', 'top', 'below', 'oblique'] as const)('%s shows what is there', type => {
    const pose = poseForOrder({ type }, { ...now, target: [9999, 0, 0] }, frame, LENS, () => 0)
    for (let corner = 0; corner < 8; corner++) {
      const at: Vec3 = [corner & 1 ? 300 : -300, corner & 2 ? 200 : -200, corner & 4 ? 20 : -10]
      const place = projectPoint(pose, LENS, at)!
      expect(Math.max(Math.abs(place.x), Math.abs(place.y))).toBeLessThan(1)
    }
  })

  it('looks straight down with north up from the top, and upwards from below', () => {
    const top = poseForOrder({ type: 'top' }, now, frame, LENS, () => 0)
    expect(top.azimuth).toBe(0)
    expect(top.elevation).toBeGreaterThan(1.5)
    expect(poseForOrder({ type: 'below' }, now, frame, LENS, () => 0).elevation).toBeLessThan(0)
  })

  it('turns about what is looked at as long as that is among the data', () => {
    expect(poseForOrder({ type: 'oblique' }, now, frame, LENS, () => 0).target).toEqual(now.target)
  })

  it('goes to a box and to a spot given in the local frame', () => {
    const box = poseForOrder({ type: 'box', min: [100, 200, -1], max: [120, 220, 1] }, now, frame, LENS, () => 0)
    expect(box.target).toEqual([10, 10, 0])
    const spot = poseForOrder({ type: 'spot', at: [105, 205, -2], radiusM: 3, alongA: [1, 0, 0] }, now, frame, LENS, () => 0)
    const place = projectPoint(spot, LENS, [5, 5, -2])!
    expect(place.x).toBeCloseTo(0, 9)
    expect(place.y).toBeGreaterThan(0.1)
    expect(place.y).toBeLessThan(0.5)
    expect(spot.distance).toBeLessThan(40)
  })

  it('fits nearer along a narrow side than along a wide one', () => {
    const box = { min: [-100, -10, 0] as const, max: [100, 10, 5] as const }
    expect(fitBox(box, 0, 0.5, LENS).distance).not.toBe(fitBox(box, Math.PI / 2, 0.5, LENS).distance)
  })
})

describe('the best view of a spot', () => {
  const direction = (view: { azimuth: number; elevation: number }) => poseBasis(view.azimuth, view.elevation).back

  it('does not look along the pipe', () => {
    for (const azimuth of [0, 0.8, 1.57, 3]) {
      const view = bestView([0, 0, 0], [0, 1, 0], 3, azimuth, () => 0)
      expect(Math.abs(direction(view)[1])).toBeLessThan(0.6)
    }
  })

  it('takes the one side from which nothing is in the way', () => {
    const wallEverywhereButWest = (_from: Vec3, to: Vec3) => (to[0] < -2 && Math.abs(to[1]) < 3 ? 0 : 3)
    const view = bestView([0, 0, 0], [0, 1, 0], 3, 0, wallEverywhereButWest)
    expect(direction(view)[0]).toBeLessThan(-0.4)
  })

  it('stays with the present bearing where all are equal', () => {
    expect(bestView([0, 0, 0], [0, 0, 1], 3, 0.3, () => 0).azimuth).toBeCloseTo(0.3, 9)
  })
})

describe('the rig', () => {
  const start: CameraPose = { target: [0, 0, 0], distance: 100, azimuth: 0, elevation: 0.5 }

  it('flies to an order and stops asking for frames', () => {
    const rig = new CameraRig(start)
    let asked = 0
    rig.requestFrame = () => asked++
    rig.flyTo({ ...start, distance: 10, azimuth: 1 })
    let frames = 0
    while (rig.step(0.05) && frames < 100) frames++
    expect(asked).toBe(1)
    expect(frames).toBeLessThan(20)
    expect(rig.pose.distance).toBeCloseTo(10, 6)
    expect(rig.step(0.05)).toBe(false)
  })

  it('does not jump when the first frame after a rest comes with the time of the rest', () => {
    const rig = new CameraRig(start)
    rig.flyTo({ ...start, distance: 10 })
    rig.step(60)
    expect(rig.pose.distance).toBeGreaterThan(90)
  })

  it('arrives at once where the system asks for no motion', () => {
    const rig = new CameraRig(start)
    rig.isMotionReduced = () => true
    rig.flyTo({ ...start, distance: 10 })
    expect(rig.pose.distance).toBe(10)
    rig.zoom([0, 0, 0], 0.5)
    expect(rig.pose.distance).toBe(5)
  })

  it('keeps the zoomed point in place all the way', () => {
    const rig = new CameraRig(start)
    const point: Vec3 = [20, 30, 0]
    const before = projectPoint(rig.pose, LENS, point)!
    rig.zoom(point, 0.3)
    for (let i = 0; i < 60; i++) {
      rig.step(1 / 60)
      const place = projectPoint(rig.pose, LENS, point)!
      expect(place.x).toBeCloseTo(before.x, 3)
      expect(place.y).toBeCloseTo(before.y, 3)
    }
  })

  it('turns the short way round', () => {
    const rig = new CameraRig({ ...start, azimuth: 3 })
    rig.flyTo({ ...start, azimuth: -3 })
    rig.step(0.01)
    rig.step(0.3)
    expect(Math.abs(rig.pose.azimuth)).toBeGreaterThan(2.9)
  })
})
