import type { CameraGestures } from '../camera/camera-gestures.ts'
import { CLICK_SLACK_PX, ClickCounter } from './click-counter.ts'
import type { PointerSample, PointerTool } from './pointer-sample.ts'

type Mode = 'none' | 'tool' | 'orbit' | 'pan'

/**
 * Sends pointer events to the tool or the camera: left drag orbits, right or middle drag (or Shift + left) pans, the
 * wheel zooms to the cursor; hovering is thinned to one a frame.
 * @returns Removes every listener.
 */
export function routePointer(element: HTMLElement, camera: CameraGestures, tool: () => PointerTool): () => void {
  let mode: Mode = 'none'
  let pressed: PointerSample | null = null
  let isStill = true
  const clicks = new ClickCounter()
  let pendingHover: PointerSample | null = null
  let frame = 0

  const sampleOf = (event: MouseEvent): PointerSample => {
    const box = element.getBoundingClientRect()
    const [pxX, pxY] = [event.clientX - box.left, event.clientY - box.top]
    return {
      pxX, pxY, x: (2 * pxX) / Math.max(1, box.width) - 1, y: 1 - (2 * pxY) / Math.max(1, box.height),
      shift: event.shiftKey, alt: event.altKey, mod: event.ctrlKey || event.metaKey,
    }
  }

  const onDown = (event: PointerEvent) => {
    if (mode !== 'none') return
    element.focus({ preventScroll: true })
    element.setPointerCapture(event.pointerId)
    pressed = sampleOf(event)
    isStill = true
    if (event.button === 0 && tool().press(pressed)) mode = 'tool'
    else {
      mode = event.button === 0 && !event.shiftKey ? 'orbit' : 'pan'
      camera.begin(pressed)
    }
  }

  const onMove = (event: PointerEvent) => {
    const sample = sampleOf(event)
    if (mode === 'none') {
      pendingHover = sample
      if (frame === 0) frame = requestAnimationFrame(() => {
        frame = 0
        if (pendingHover && mode === 'none') tool().hover(pendingHover)
        pendingHover = null
      })
      return
    }
    if (pressed && Math.hypot(sample.pxX - pressed.pxX, sample.pxY - pressed.pxY) > CLICK_SLACK_PX) isStill = false
    if (isStill) return
    if (mode === 'tool') tool().drag(sample)
    else if (mode === 'orbit') camera.orbit(sample)
    else camera.pan(sample)
  }

  const onUp = (event: PointerEvent) => {
    if (mode === 'none') return
    const sample = sampleOf(event)
    const wasTool = mode === 'tool'
    mode = 'none'
    if (element.hasPointerCapture(event.pointerId)) element.releasePointerCapture(event.pointerId)
    if (wasTool) tool().release(sample)
    if (isStill && event.button === 0) {
      const count = clicks.count(event.timeStamp, sample.pxX, sample.pxY)
      if (!wasTool) tool().click(sample, count)
    }
    pressed = null
  }

  const onCancel = () => {
    if (mode === 'tool') tool().abandon()
    mode = 'none'
    pressed = null
  }

  const onLeave = () => {
    pendingHover = null
    if (mode === 'none') tool().leave()
  }

  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    camera.zoom(sampleOf(event), wheelSteps(event))
  }
  const onMenu = (event: Event) => event.preventDefault()

  element.addEventListener('pointerdown', onDown)
  element.addEventListener('pointermove', onMove)
  element.addEventListener('pointerup', onUp)
  element.addEventListener('pointercancel', onCancel)
  element.addEventListener('pointerleave', onLeave)
  element.addEventListener('wheel', onWheel, { passive: false })
  element.addEventListener('contextmenu', onMenu)
  return () => {
    cancelAnimationFrame(frame)
    element.removeEventListener('pointerdown', onDown)
    element.removeEventListener('pointermove', onMove)
    element.removeEventListener('pointerup', onUp)
    element.removeEventListener('pointercancel', onCancel)
    element.removeEventListener('pointerleave', onLeave)
    element.removeEventListener('wheel', onWheel)
    element.removeEventListener('contextmenu', onMenu)
  }
}

/** Notches of a wheel, whatever unit the device counts in; a pinch comes as a wheel with Ctrl and counts for more. */
function wheelSteps(event: WheelEvent): number {
  const pixels = event.deltaMode === 1 ? event.deltaY * 33 : event.deltaMode === 2 ? event.deltaY * 400 : event.deltaY
  return Math.max(-4, Math.min(4, (pixels / 100) * (event.ctrlKey ? 4 : 1)))
}
