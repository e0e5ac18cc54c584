import { useEffect, useRef, type ReactNode } from 'react'
import type { Vec3 } from '#shared/twin/asset.ts'
import { IN_PICTURE } from '#renderer/ui/paint-overlay.ts'
import { useScene } from '../scene-context.ts'
import { DRAWING_INSET_PX, INSET_PX, LEAST_WIDTH_FOR_INSET_PX, placeLabels, type WantedLabel } from './label-placement.ts'

export interface SceneLabel {
  readonly id: string
  /** View frame. */
  readonly at: Vec3
  readonly tone: 'mandatory' | 'advisory' | 'neutral'
  readonly content: ReactNode
  readonly priority: number
}

/** Labels over the picture, following the camera, never over each other. @param clear Points (view frame) to leave visible. @param isDrawing Whether the bars and the card of drawing are there. */
export function SceneLabels({ labels, clear, isDrawing }: { readonly labels: readonly SceneLabel[]; readonly clear: readonly Vec3[]; readonly isDrawing: boolean }) {
  const { rig, frames } = useScene()
  const root = useRef<HTMLDivElement>(null)
  const leaders = useRef<SVGSVGElement>(null)

  useEffect(() => {
    const update = () => {
      const box = root.current
      const lines = leaders.current
      if (!box || !lines) return
      const [width, height] = [box.clientWidth, box.clientHeight]
      const anchors = new Map<string, { x: number; y: number }>()
      const wanted = labels.flatMap((label, i): WantedLabel[] => {
        const place = rig.project(label.at)
        const element = box.children[i]
        if (!(element instanceof HTMLElement) || !place || Math.abs(place.x) > 1 || Math.abs(place.y) > 1) return []
        const anchor = { x: ((place.x + 1) / 2) * width, y: ((1 - place.y) / 2) * height }
        anchors.set(label.id, anchor)
        return [{ id: label.id, ...anchor, width: element.offsetWidth, height: element.offsetHeight, priority: label.priority }]
      })
      const kept = clear.flatMap(point => {
        const place = rig.project(point)
        return place ? [{ x: ((place.x + 1) / 2) * width, y: ((1 - place.y) / 2) * height }] : []
      })
      const placed = new Map(placeLabels(wanted, width, height, kept, isDrawing && width >= LEAST_WIDTH_FOR_INSET_PX ? DRAWING_INSET_PX : INSET_PX).map(place => [place.id, place]))
      labels.forEach((label, i) => {
        const [element, line] = [box.children[i], lines.children[i]]
        const [place, anchor] = [placed.get(label.id), anchors.get(label.id)]
        if (!(element instanceof HTMLElement) || !(line instanceof SVGLineElement)) return
        element.style.visibility = line.style.visibility = place ? 'visible' : 'hidden'
        if (!place || !anchor) return
        element.style.transform = `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`
        const nearX = place.x > anchor.x ? place.x : place.x + element.offsetWidth
        for (const [name, value] of [['x1', anchor.x], ['y1', anchor.y], ['x2', nearX], ['y2', place.y + element.offsetHeight / 2]] as const) line.setAttribute(name, String(Math.round(value)))
      })
    }
    update()
    return frames.subscribe(update)
  }, [labels, clear, isDrawing, rig, frames])

  return (
    <div className="scene-labels" {...IN_PICTURE}>
      <svg ref={leaders} aria-hidden="true">
        {labels.map(label => <line key={label.id} data-tone={label.tone} />)}
      </svg>
      <div ref={root}>
        {labels.map(label => <div key={label.id} className="scene-label" data-tone={label.tone}>{label.content}</div>)}
      </div>
    </div>
  )
}
