import type { Vec3 } from '#shared/twin/asset.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { sessionStore, type OutlinePurpose } from '../../state/app/session-store.ts'
import { addCatchment } from './catchment-actions.ts'
import { showInLedger } from '../ledger/ledger-actions.ts'

/** Begins to draw an area, in the 3D view or on the map: the ledger's filter, a block of responsibility, or what drains to a manhole. */
export const startOutline = (purpose: OutlinePurpose) => (): void =>
  sessionStore.setState({ interaction: { type: 'outlining', purpose, points: [], cursor: null }, selection: null, alsoSelected: [], findingId: null, live: null })

/** Takes a closed area (local frame) for what it was drawn for. */
export function takeOutline(purpose: OutlinePurpose, ring: readonly Vec3[]): void {
  const { info } = projectStore.getState()
  sessionStore.setState({ interaction: { type: 'idle' } })
  if (!info) return
  const area = ring.map(([x, y]) => [x + info.origin[0], y + info.origin[1]] as const)
  if (purpose === 'catchment') void addCatchment(area)
  else if (purpose === 'block') sessionStore.setState({ dialog: { type: 'block', id: null, ring: area } })
  else showInLedger({ ...ledgerStore.getState().query, area: area.map(([x, y]): [number, number] => [x, y]) })
}
