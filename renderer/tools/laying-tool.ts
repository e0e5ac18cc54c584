import type { Vec3 } from '#shared/twin/asset.ts'
import type { PointerSample } from '#renderer/scene/input/pointer-sample.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { setPointer } from './select/select-tool.ts'
import { levelWithoutGround, NO_DRAG, type LayingTool, type ToolScope } from './tool-scope.ts'
import type { TypedPoint } from './typed-point.ts'

/** What every tool that lays points is told. Local frame. */
export type LayEvent =
  | { readonly type: 'moved'; readonly to: Vec3 }
  | { readonly type: 'placed'; readonly at: Vec3 }
  | { readonly type: 'left' | 'tookBack' | 'finished' }

export interface LayingGesture {
  /** The point meant by a place of the picture; null off the ground. */
  pointAt(sample: PointerSample): Vec3 | null
  apply(event: LayEvent): void
  /** A click on a point; where absent it is placed. */
  clicked?(sample: PointerSample, at: Vec3): void
  /** A point that was typed. */
  typed(point: TypedPoint): void
  /** The pointer left the picture. */
  left?(): void
  /** A key beside Enter and Backspace. @returns whether it was one of the tool's. */
  key?(key: string): boolean
}

/** A tool of which a click sets a point, a double click or Enter ends, and Backspace takes the last point back. */
export function layingTool({ pointAt, apply, clicked, typed, left, key: ownKey }: LayingGesture): LayingTool {
  return {
    ...NO_DRAG,
    hover(sample) {
      const to = pointAt(sample)
      apply(to ? { type: 'moved', to } : { type: 'left' })
    },
    click(sample, count) {
      if (count === 2) return apply({ type: 'finished' })
      const at = pointAt(sample)
      if (!at) return
      if (clicked) clicked(sample, at)
      else apply({ type: 'placed', at })
    },
    place: typed,
    leave() {
      left?.()
      sessionStore.setState({ pointer: null })
      apply({ type: 'left' })
    },
    key(key) {
      if (key !== 'Enter' && key !== 'Backspace') return ownKey?.(key) ?? false
      apply({ type: key === 'Enter' ? 'finished' : 'tookBack' })
      return true
    },
  }
}

/** The ground under the pointer, which the status bar then tells of. */
export function groundUnder(scope: ToolScope, sample: PointerSample): Vec3 | null {
  const { picker } = scope
  const at = picker.ground(picker.ray(sample), levelWithoutGround(scope))
  if (at) setPointer(picker.model.frame, at, picker.model.groundAt?.(at[0], at[1]) ?? null)
  return at
}

/** A point of the plan on the ground. */
export function onGround(scope: ToolScope, { x, y }: Pick<TypedPoint, 'x' | 'y'>): Vec3 {
  const { model } = scope.picker
  return [x, y, model.groundAt?.(x, y) ?? model.layoutAt?.(x, y) ?? levelWithoutGround(scope)]
}
