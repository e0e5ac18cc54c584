import { along } from '#renderer/scene/camera/pose.ts'
import { viewToCrs, localToView, type SceneFrame } from '#renderer/scene/scene-frame.ts'
import type { PointerSample, PointerTool } from '#renderer/scene/input/pointer-sample.ts'
import type { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import { assetId } from '#shared/twin/asset-columns.ts'
import { nodeId } from '#shared/twin/twin-context.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { pickExcavation } from '../excavate/pick-excavation.ts'
import { selectPlace } from '#renderer/actions/viewing/selection-actions.ts'
import { boxStore } from './box-store.ts'
import { extendSelection } from '#renderer/state/app/multi-selection.ts'
import { selectedAt } from '#renderer/state/app/selected-at.ts'
import { sessionStore, type Selection } from '#renderer/state/app/session-store.ts'

/** The tool at rest: hovering names what is under the pointer, a click selects it, Alt + click goes one deeper, Ctrl + drag adds what lies in a box. */
export function selectTool(picker: ScenePicker): PointerTool {
  const { model } = picker
  const refOf = (item: number): Exclude<Selection, { type: 'proposal' | 'excavation' }> =>
    item < model.columns.count ? { type: 'asset', id: assetId(model.columns, item) } : { type: 'node', id: nodeId(model.nodes, item - model.columns.count) }
  let start: PointerSample | null = null
  const tool: PointerTool = {
    press(sample) {
      start = sample.mod ? sample : null
      return sample.mod
    },
    drag(sample) {
      if (start) boxStore.setState({ box: { fromX: start.pxX, fromY: start.pxY, toX: sample.pxX, toY: sample.pxY } })
    },
    release(sample) {
      const { box } = boxStore.getState()
      start = null
      // Let go where it was pressed it is a click like any other.
      if (!box) return tool.click(sample, 1)
      boxStore.setState({ box: null })
      selectPlace(model.columns, picker.within(box.fromX, box.fromY, box.toX, box.toY), picker.accepts())
    },
    abandon() {
      start = null
      boxStore.setState({ box: null })
    },
    hover(sample) {
      const ray = picker.ray(sample)
      const proposal = picker.proposal(ray, proposalsShown())
      const hit = proposal ? null : picker.first(ray)
      const ref = proposal ? { type: 'proposal', id: proposal.id } as const : hit ? refOf(hit.item) : null
      setHover(ref && ref.type !== 'node' ? ref : null)
      const ground = model.groundRay?.(ray) ?? null
      // An assumed ground gives a place, but no level to read out.
      setPointer(model.frame, ground, ground && model.groundAt ? model.groundAt(ground[0], ground[1]) : null)
    },
    click(sample) {
      const ray = picker.ray(sample)
      const { selection } = sessionStore.getState()
      if (sample.alt) {
        const hits = picker.all(ray)
        const next = hits.findIndex(({ item }) => refOf(item).type === selection?.type && refOf(item).id === selection.id) + 1
        const deeper = hits[next] ?? hits[0]
        return sessionStore.setState(deeper ? selectedAt(refOf(deeper.item), along(ray.origin, ray.direction, deeper.t)) : { selection: null })
      }
      const proposal = picker.proposal(ray, proposalsShown())
      const excavation = pickExcavation(picker, ray)
      const first = picker.first(ray)
      // Floor and sides hide what lies behind them.
      const hit = first && excavation && first.t > excavation.t ? null : first
      if (sample.shift || sample.mod) return extendSelection(proposal || !hit ? null : refOf(hit.item))
      const ref: Selection | null = proposal ? { type: 'proposal', id: proposal.id, vertex: null } : hit ? refOf(hit.item) : excavation && { type: 'excavation', id: excavation.id, corner: null }
      const t = proposal?.t ?? hit?.t ?? 0
      sessionStore.setState({ ...(ref ? selectedAt(ref, along(ray.origin, ray.direction, t)) : { selection: null }), alsoSelected: [] })
    },
    leave() {
      setHover(null)
      sessionStore.setState({ pointer: null })
    },
  }
  return tool
}

const proposalsShown = () => Object.values(activeScenario(scenarioStore.getState())?.document.proposals ?? {})

function setHover(hover: { readonly type: 'asset' | 'proposal'; readonly id: string } | null): void {
  const now = sessionStore.getState().hover
  if (now?.type !== hover?.type || now?.id !== hover?.id) sessionStore.setState({ hover })
}

/** Pointer read-out: project CRS. @param at Local frame. */
export function setPointer(frame: SceneFrame, at: Vec3 | null, groundZ: number | null): void {
  sessionStore.setState({ pointer: at && { at: viewToCrs(frame, localToView(frame, at)), groundZ: groundZ === null ? null : groundZ + frame.crsOrigin[2] } })
}
