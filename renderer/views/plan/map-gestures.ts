import { CLICK_SLACK_PX, ClickCounter } from '../../scene/input/click-counter.ts'
import type { MapGrip } from './map-catchments.ts'
import type { MapTools } from './map-tools.ts'
import type { MapPose, MapSize } from './map-pose.ts'
import { zoomedAt } from './map-pose.ts'

/** What the map does with the pointer. Pixels from its left top. */
export interface MapHandler {
  readonly pose: () => MapPose
  readonly size: () => MapSize
  move(pose: MapPose): void
  hover(pxX: number, pxY: number): void
  click(pxX: number, pxY: number, extend: boolean): void
  open(pxX: number, pxY: number): void
  box(fromX: number, fromY: number, toX: number, toY: number, isDone: boolean): void
  /** What is under a press and follows the drag, instead of the map; null where nothing is. */
  grip(pxX: number, pxY: number): MapGrip | null
  /** Where a drag with something in hand has come to. */
  pull(grip: MapGrip, pxX: number, pxY: number): void
  leave(): void
}

const ZOOM_PER_NOTCH = 1.25

/**
 * Drag pans or pulls what it took hold of (Escape lets go), the wheel zooms to the cursor, Ctrl or Shift + drag adds what lies
 * in a box to the selection. A tool that lays points has every click, and handles of what is planned are its too.
 * @returns removes every listener.
 */
export function followMapPointer(element: HTMLElement, handler: MapHandler, tools: MapTools): () => void {
  let start: { pxX: number; pxY: number; pose: MapPose; isBox: boolean; isStill: boolean; grip: MapGrip | null; isTool: boolean } | null = null
  const clicks = new ClickCounter()
  let wasToolClick = false
  let hoverAt: [number, number] | null = null
  let frame = 0
  const at = (event: MouseEvent): [number, number] => {
    const box = element.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  const onDown = (event: PointerEvent) => {
    const [pxX, pxY] = at(event)
    element.setPointerCapture(event.pointerId)
    const isBox = !tools.isLaying() && (event.shiftKey || event.ctrlKey || event.metaKey) && event.button === 0
    const isTool = event.button === 0 && !isBox && tools.press(tools.sample(pxX, pxY, event))
    start = { pxX, pxY, pose: handler.pose(), isBox, isStill: true, isTool, grip: isBox || isTool || tools.isLaying() || event.button !== 0 ? null : handler.grip(pxX, pxY) }
  }
  const onMove = (event: PointerEvent) => {
    const [pxX, pxY] = at(event)
    if (!start) {
      hoverAt = [pxX, pxY]
      frame ||= requestAnimationFrame(() => {
        frame = 0
        if (!hoverAt || start) return
        if (tools.isLaying()) tools.current().hover(tools.sample(...hoverAt, event))
        else handler.hover(...hoverAt)
      })
      return
    }
    if (Math.hypot(pxX - start.pxX, pxY - start.pxY) > CLICK_SLACK_PX) start.isStill = false
    if (start.isStill) return
    if (start.isTool) tools.current().drag(tools.sample(pxX, pxY, event))
    else if (start.grip) handler.pull(start.grip, pxX, pxY)
    else if (start.isBox) handler.box(start.pxX, start.pxY, pxX, pxY, false)
    else handler.move({ ...start.pose, x: start.pose.x - (pxX - start.pxX) / start.pose.pxPerM, y: start.pose.y + (pxY - start.pxY) / start.pose.pxPerM })
  }
  const onUp = (event: PointerEvent) => {
    if (!start) return
    const [pxX, pxY] = at(event)
    const { isBox, isStill, grip, isTool, pxX: fromX, pxY: fromY } = start
    start = null
    if (isTool) return tools.current().release(tools.sample(pxX, pxY, event))
    const isToolClick = tools.isLaying() && isStill && event.button === 0
    if (isStill) wasToolClick = isToolClick
    const count = isStill ? clicks.count(event.timeStamp, pxX, pxY) : 1
    if (isToolClick) return tools.current().click(tools.sample(pxX, pxY, event), count)
    if (grip && !isStill) return grip.drop()
    if (isStill && event.button === 0) handler.click(pxX, pxY, event.shiftKey || event.ctrlKey || event.metaKey)
    else if (isBox) handler.box(fromX, fromY, pxX, pxY, true)
  }
  const onCancel = () => {
    start?.grip?.abandon()
    if (start?.isTool) tools.current().abandon()
    start = null
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !start?.grip) return
    event.stopPropagation()
    onCancel()
  }
  const onLeave = () => {
    hoverAt = null
    if (start) return
    if (tools.isLaying()) tools.current().leave()
    handler.leave()
  }
  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    const notches = Math.max(-4, Math.min(4, (event.deltaMode === 1 ? event.deltaY * 33 : event.deltaY) / 100))
    handler.move(zoomedAt(handler.pose(), handler.size(), ...at(event), ZOOM_PER_NOTCH ** -notches))
  }
  const onDouble = (event: MouseEvent) => {
    // The second click ended what was being drawn.
    if (!wasToolClick) handler.open(...at(event))
  }
  const listeners = [['pointerdown', onDown], ['pointermove', onMove], ['pointerup', onUp], ['pointercancel', onCancel], ['pointerleave', onLeave], ['dblclick', onDouble], ['keydown', onKey]] as const
  for (const [name, listener] of listeners) element.addEventListener(name, listener as EventListener)
  element.addEventListener('wheel', onWheel, { passive: false })
  return () => {
    cancelAnimationFrame(frame)
    for (const [name, listener] of listeners) element.removeEventListener(name, listener as EventListener)
    element.removeEventListener('wheel', onWheel)
  }
}
