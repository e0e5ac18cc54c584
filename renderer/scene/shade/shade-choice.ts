import type { ViewState } from '#renderer/state/view/view-store.ts'

/** How finely: looks around a pixel, and pixels of the picture to one of the shade. */
export interface ShadeStep {
  readonly looks: number
  readonly divide: number
}

/** The finest first. */
export const SHADE_STEPS: readonly ShadeStep[] = [{ looks: 16, divide: 1 }, { looks: 12, divide: 2 }, { looks: 8, divide: 3 }]
/** What shade may take of a frame, milliseconds of the graphics card. */
const MOST_MS = 3

/**
 * The finest step that this machine has time for; null for none. Asked for in words it is always there, at the coarsest step
 * where nothing is fast enough. @param measure Milliseconds that one frame of a step takes.
 */
export function chosenStep(choice: ViewState['shade'], isSoftware: boolean, measure: (step: ShadeStep) => number): ShadeStep | null {
  if (choice === 'off' || (choice === 'auto' && isSoftware)) return null
  const coarsest = SHADE_STEPS.at(-1)!
  // A processor that draws pixels one by one is not worth the wait of finding out.
  if (isSoftware) return coarsest
  return SHADE_STEPS.find(step => measure(step) <= MOST_MS) ?? (choice === 'on' ? coarsest : null)
}
