import { useEffect, useRef } from 'react'
import { useFrame, useThree } from '@react-three/fiber'
import { Matrix4, PerspectiveCamera } from 'three'
import { cameraStore } from '#renderer/state/view/camera-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { useScene } from '../scene-context.ts'
import { crsToView, viewToCrs, viewToLocal } from '../scene-frame.ts'
import type { SceneModel } from '../scene-model.ts'
import { poseForOrder } from './camera-orders.ts'
import type { Occlusion } from './best-view.ts'
import type { CameraRig } from './camera-rig.ts'
import { tileBoxes } from './tile-boxes.ts'
import { openingView } from './opening-view.ts'
import { distanceBetween, eyeOf, minus, unit, type CameraPose } from './pose.ts'

/** Haze thickens with distance beyond what is looked at: near things stand out, far ones recede, at every scale. */
const FOG = { perDistance: 3, leastM: 380 } as const

const unstretch = new Matrix4()

/** Applies the rig to three's camera, and obeys the camera orders of the view store. */
export function CameraLayer() {
  const { model, rig, uniforms, frames } = useScene()
  const invalidate = useThree(state => state.invalidate)
  const camera = useThree(state => state.camera)
  const size = useThree(state => state.size)

  useEffect(() => {
    rig.requestFrame = invalidate
    rig.isMotionReduced = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches
    return () => {
      rig.requestFrame = () => undefined
    }
  }, [rig, invalidate])

  useEffect(() => {
    rig.lens = { ...rig.lens, aspect: size.width / Math.max(1, size.height) }
    rig.widthPx = size.width
    rig.heightPx = size.height
    invalidate()
  }, [rig, size, invalidate])

  useEffect(() => {
    const proposals = Object.values(activeScenario(scenarioStore.getState())?.document.proposals ?? {})
    rig.place(openingView(model, rig.lens, proposals.map(({ axis }) => axis.map(point => crsToView(model.frame, point)))))
    // The opening view knows nothing of stretched heights.
    rig.heightScale = 1
    rig.stretch(viewStore.getState().heightScale)
  }, [rig, model])

  useEffect(() => {
    let served = viewStore.getState().camera?.serial ?? 0
    return viewStore.subscribe(view => {
      // First the heights: an order that comes with them (a saved view) is meant in them.
      rig.stretch(view.heightScale)
      if (!view.camera || view.camera.serial === served) return
      served = view.camera.serial
      rig.flyTo(poseForOrder(view.camera.order, rig.heading, model.frame, rig.lens, occlusionOf(model, rig), point => rig.shown(point), tileBoxes(model)))
    })
  }, [rig, model])

  // Where the camera rests is known outside, for saved views; a frame that moves nothing says nothing.
  const told = useRef<CameraPose | null>(null)
  const tellPlace = () => {
    if (told.current === rig.pose) return
    told.current = rig.pose
    cameraStore.setState({ place: { position: viewToCrs(model.frame, rig.real(eyeOf(rig.pose))), target: viewToCrs(model.frame, rig.real(rig.pose.target)) } })
  }

  useFrame((state, delta) => {
    if (rig.step(delta)) state.invalidate()
    else tellPlace()
    if (!(camera instanceof PerspectiveCamera)) return
    const eye = eyeOf(rig.pose)
    camera.matrixAutoUpdate = camera.matrixWorldAutoUpdate = true
    camera.position.set(...eye)
    camera.up.set(0, 0, 1)
    camera.lookAt(...rig.pose.target)
    camera.fov = (rig.lens.fieldOfView * 180) / Math.PI
    camera.aspect = rig.lens.aspect
    const extent = model.frame.bounds ? distanceBetween(model.frame.bounds.min, model.frame.bounds.max) : 500
    camera.far = distanceBetween(eye, [0, 0, 0]) + extent * rig.heightScale
    camera.near = Math.max(0.05, Math.min(rig.pose.distance / 20, camera.far / 5000))
    camera.updateProjectionMatrix()
    // The world is stretched by setting the camera into it unstretched: everything else, cuts and picks too, stays true to scale.
    camera.updateMatrixWorld()
    camera.matrixAutoUpdate = camera.matrixWorldAutoUpdate = false
    camera.matrixWorld.premultiply(unstretch.makeScale(1, 1, 1 / rig.heightScale))
    camera.matrixWorldInverse.copy(camera.matrixWorld).invert()
    camera.position.set(...rig.real(eye))
    uniforms.uPixel.value = (2 * Math.tan(rig.lens.fieldOfView / 2)) / Math.max(1, size.height)
    uniforms.uFogDensity.value = 1 / (FOG.perDistance * rig.pose.distance + FOG.leastM)
    uniforms.uReach.value = rig.pose.distance
    frames.emit()
  }, -1)
  return null
}

/** Assets a sight line meets, those it starts within (the two sides of the spot) not counted. */
function occlusionOf(model: SceneModel, rig: CameraRig): Occlusion {
  return (pictureFrom, pictureTo) => {
    const [from, to] = [rig.real(pictureFrom), rig.real(pictureTo)]
    const ray = { origin: viewToLocal(model.frame, from), direction: unit(minus(to, from)) }
    const reach = distanceBetween(from, to)
    return model.picks().all(ray, 0, () => true).filter(hit => hit.t > 0.3 && hit.t < reach).length
  }
}
