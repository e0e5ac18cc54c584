import { useEffect, useMemo, useState } from 'react'
import { useFrame, useThree } from '@react-three/fiber'
import { PerspectiveCamera } from 'three'
import { useStore } from 'zustand'
import { planningStore } from '#renderer/state/scheme/planning-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { graphicsSupport } from '../graphics-support.ts'
import { ContactShade } from './contact-shade.ts'
import { chosenStep, type ShadeStep } from './shade-choice.ts'

/** Once the picture stands, and what comes with it has come: measuring would hold it up. */
const MEASURE_AFTER_MS = 1500
/** Frames a step is measured over, after one that builds its programs. */
const MEASURED_FRAMES = 3

/** Soft shade in corners and where things touch: where the machine has time for it, or where asked for. */
export function ShadeLayer() {
  const gl = useThree(state => state.gl)
  const scene = useThree(state => state.scene)
  const camera = useThree(state => state.camera)
  const invalidate = useThree(state => state.invalidate)
  const choice = useStore(viewStore, view => view.shade)
  // Two schemes that are swiped are cut by the scissors, which the shade knows nothing of.
  const isSwiping = useStore(planningStore, state => state.swipe !== null)
  const [step, setStep] = useState<ShadeStep | null>(null)
  useEffect(() => {
    const measure = (tried: ShadeStep): number => {
      if (!(camera instanceof PerspectiveCamera)) return Infinity
      const shade = new ContactShade(tried)
      shade.draw(gl, scene, camera, 1)
      shade.settle(gl)
      const started = performance.now()
      for (let frame = 0; frame < MEASURED_FRAMES; frame++) shade.draw(gl, scene, camera, 1)
      shade.settle(gl)
      const takenMs = (performance.now() - started) / MEASURED_FRAMES
      shade.dispose()
      // What was laid over the picture to measure it is drawn over.
      invalidate()
      return takenMs
    }
    const timer = setTimeout(() => setStep(chosenStep(choice, graphicsSupport().isSoftware, measure)), choice === 'auto' ? MEASURE_AFTER_MS : 0)
    return () => clearTimeout(timer)
  }, [gl, scene, camera, choice, invalidate])
  return step && !isSwiping ? <Shaded step={step} /> : null
}

/** Takes the drawing of frames over: the picture, then the shade on it. */
function Shaded({ step }: { readonly step: ShadeStep }) {
  const invalidate = useThree(state => state.invalidate)
  const shade = useMemo(() => new ContactShade(step), [step])
  useEffect(() => {
    invalidate()
    return () => {
      shade.dispose()
      invalidate()
    }
  }, [shade, invalidate])
  useFrame(({ gl, scene, camera }) => {
    // Counted together: what the shade costs is part of the frame.
    gl.info.autoReset = false
    gl.info.reset()
    gl.render(scene, camera)
    const strength = strengthNow()
    if (strength > 0 && camera instanceof PerspectiveCamera) shade.draw(gl, scene, camera, strength)
    gl.info.autoReset = true
  }, 1)
  return null
}

/** Under a ground that can hardly be seen through there is nothing to be shaded in the picture. */
function strengthNow(): number {
  const { showGround, groundOpacity } = viewStore.getState()
  return showGround ? 1 - Math.min(1, Math.max(0, (groundOpacity - 0.7) / 0.3)) : 1
}
