import { createStore } from 'zustand/vanilla'

/** Whether the picture shows nothing of the network, though there is one: whoever got lost is shown the way back. */
export const sightStore = createStore<{ readonly isNothingSeen: boolean }>(() => ({ isNothingSeen: false }))

/** Told in every frame; a frame that changes nothing tells nobody. */
export function tellSight(isNothingSeen: boolean): void {
  if (sightStore.getState().isNothingSeen !== isNothingSeen) sightStore.setState({ isNothingSeen })
}
