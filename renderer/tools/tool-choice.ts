import type { PointerTool } from '#renderer/scene/input/pointer-sample.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { draftStore } from './draft-store.ts'
import { drawTool } from './draw-pipeline/draw-tool.ts'
import { editTool } from './edit-proposal/edit-tool.ts'
import { cornerTool } from './excavate/corner-tool.ts'
import { digTool } from './excavate/dig-tool.ts'
import { routeTool } from './find-route/route-tool.ts'
import { outlineTool } from './outline/outline-tool.ts'
import { measureTool } from './measure/measure-tool.ts'
import { selectTool } from './select/select-tool.ts'
import type { ToolScope } from './tool-scope.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|BUTTON)$/.test(target.tagName))

/** The tools of one scene, and their keys. */
export interface SceneTools {
  readonly current: () => PointerTool
  /** Listens to the tools' keys before the app's shortcuts see them. @returns the means to stop. */
  followKeys(): () => void
}

/** One tool answers at a time: drawing while a route is drawn, digging while an excavation is laid out, else editing over selecting. */
export function sceneTools(scope: ToolScope): SceneTools {
  const select = selectTool(scope.picker)
  const edit = editTool(scope, cornerTool(scope, select))
  const draw = drawTool(scope)
  const dig = digTool(scope)
  const route = routeTool(scope)
  const measuring = measureTool(scope.picker)
  const outlining = outlineTool(scope)
  const gesture = () => sessionStore.getState().interaction.type
  const byGesture = { drawing: draw, digging: dig, routing: route, measuring, outlining }
  return {
    current: () => byGesture[gesture() as keyof typeof byGesture] ?? edit,
    followKeys() {
      const onKey = (event: KeyboardEvent) => {
        const { dialog } = sessionStore.getState()
        if (isTyping(event.target) || dialog !== null || event.ctrlKey || event.metaKey) return
        const taken = gesture() === 'drawing' ? draw.key(event.key) : gesture() === 'digging' ? dig.key(event.key) : gesture() === 'routing' ? route.key(event.key) : gesture() === 'outlining' ? outlining.key(event.key) : !hasVertexKeys(event.target) && edit.key({ key: event.key, alt: event.altKey })
        if (!taken) return
        event.preventDefault()
        event.stopPropagation()
      }
      addEventListener('keydown', onKey, { capture: true })
      const laying = { drawing: draw, digging: dig, routing: route, outlining }
      draftStore.setState({ placeTyped: point => laying[gesture() as keyof typeof laying]?.place(point), finishTyped: () => void laying[gesture() as keyof typeof laying]?.key('Enter') })
      return () => {
        removeEventListener('keydown', onKey, { capture: true })
        draftStore.setState({ placeTyped: null, finishTyped: null })
      }
    },
  }
}

/** The cross-section moves vertices by the same keys, in its own plane. */
const hasVertexKeys = (target: EventTarget | null): boolean => target instanceof Element && target.closest('[data-moves-vertices]') !== null
