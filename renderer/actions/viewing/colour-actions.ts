import type { AttributeRole } from '#shared/twin/attribute-roles.ts'
import { attributeStore, roleOf } from '../../state/colouring/attribute-store.ts'
import type { ColourBy } from '../../state/colouring/colour-classes.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { viewStore, type ViewState } from '../../state/view/view-store.ts'
import { longCall } from '../long-call.ts'

/** Colours lines by something else; the attribute it needs is fetched once per twin. */
export function setColourBy(colourBy: ColourBy): void {
  viewStore.setState({ colourBy })
  const role = roleOf(colourBy)
  if (role) void needAttribute(role)
}

/** Lays a heat map over the plan. */
export function setHeat(heat: ViewState['heat']): void {
  viewStore.setState({ heat })
  if (heat === 'age') void needAttribute('year')
}

/** Fetches an attribute unless it is held for the twin that is open. */
export async function needAttribute(role: AttributeRole): Promise<void> {
  const twinHash = projectStore.getState().info?.twinHash
  if (twinHash === undefined || attributeStore.getState()[role]?.twinHash === twinHash) return
  attributeStore.setState({ [role]: { twinHash, column: null } })
  const column = await longCall('twin.attributeColumn', { role }, 'colouring:job.attribute')
  if (attributeStore.getState()[role]?.twinHash !== twinHash) return
  // A refusal was shown; choosing the scheme again tries again.
  attributeStore.setState({ [role]: column ? { twinHash, column } : undefined })
}

/** After another twin was opened: what the present scheme needs is fetched for it. */
export function refreshAttributes(): void {
  const { colourBy, heat } = viewStore.getState()
  for (const role of new Set([roleOf(colourBy), heat === 'age' ? ('year' as const) : null])) if (role) void needAttribute(role)
}
