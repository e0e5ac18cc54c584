import { viewToCrs, localToView, type SceneFrame } from '#renderer/scene/scene-frame.ts'
import type { PointerTool } from '#renderer/scene/input/pointer-sample.ts'
import type { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import { assetId } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { sessionStore, type Selection } from '#renderer/state/session-store.ts'

/** The tool at rest: hovering names what is under the pointer, a click selects it, Alt + click goes one deeper. */
export function selectTool(picker: ScenePicker): PointerTool {
  const { model } = picker
  const refOf = (item: number): Exclude<Selection, { type: 'proposal' }> =>
    item < model.columns.count ? { type: 'asset', id: assetId(model.columns, item) } : { type: 'node', id: model.nodes[item - model.columns.count]!.id }
  return {
    press: () => false,
    drag: () => undefined,
    release: () => undefined,
    abandon: () => undefined,
    hover(sample) {
      const ray = picker.ray(sample)
      const hit = picker.first(ray)
      const ref = hit ? refOf(hit.item) : null
      setHover(ref?.type === 'asset' ? { type: 'asset', id: ref.id } : null)
      const ground = model.groundRay?.(ray) ?? null
      setPointer(model.frame, ground, ground ? ground[2] : null)
    },
    click(sample) {
      const hits = picker.all(picker.ray(sample))
      const { selection } = sessionStore.getState()
      const refs = hits.map(hit => refOf(hit.item))
      const depth = sample.alt ? refs.findIndex(ref => ref.type === selection?.type && ref.id === selection.id) + 1 : 0
      const first = picker.first(picker.ray(sample))
      const chosen = depth > 0 ? (refs[depth] ?? refs[0]) : first ? refOf(first.item) : undefined
      sessionStore.setState({ selection: chosen ?? null })
    },
    leave() {
      setHover(null)
      sessionStore.setState({ pointer: null })
    },
  }
}

function setHover(hover: { readonly type: 'asset' | 'proposal'; readonly id: string } | null): void {
  const now = sessionStore.getState().hover
  if (now?.type !== hover?.type || now?.id !== hover?.id) sessionStore.setState({ hover })
}

/** Pointer read-out: project CRS. @param at Local frame. */
export function setPointer(frame: SceneFrame, at: Vec3 | null, groundZ: number | null): void {
  sessionStore.setState({ pointer: at && { at: viewToCrs(frame, localToView(frame, at)), groundZ: groundZ === null ? null : groundZ + frame.crsOrigin[2] } })
}
