import type { CallOutput } from '#shared/contract/contract.ts'
import type { LevelMethod } from '#shared/ledger/levels/fill-levels.ts'
import { attributesAsked } from '#shared/ledger/asset-query.ts'
import { assetsOf } from '../../state/twin/asset-sets.ts'
import { attributeStore } from '../../state/colouring/attribute-store.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { needAttribute } from '../viewing/colour-actions.ts'
import { ask } from '../host.ts'
import { changeTwin, type Signed } from '../ledger/ledger-actions.ts'
import { longCall } from '../long-call.ts'

/** Levels to fill for assets, by their place in the columns that are shown. */
interface LevelFill {
  readonly assets: Uint32Array
  readonly method: LevelMethod
}

/** Asks how the missing levels of what the ledger lists are to be filled. */
export async function fillListed(): Promise<void> {
  const { query } = ledgerStore.getState()
  await Promise.all(attributesAsked(query).map(role => needAttribute(role)))
  const { columns, context, info } = projectStore.getState()
  if (!columns || !info) return
  const mask = assetsOf(query, { columns, blocks: context?.blocks ?? [], twinHash: info.twinHash, attributes: attributeStore.getState() })
  sessionStore.setState({ dialog: { type: 'fillLevels', assets: Uint32Array.from({ length: mask.length }, (_, i) => i).filter(i => mask[i] === 1) } })
}

/** How many lines a method would give levels; null where the host cannot tell, or was asked something else meanwhile. */
export async function previewLevels({ assets, method }: LevelFill, signal: AbortSignal): Promise<CallOutput<'ledger.previewLevels'> | null> {
  const { info } = projectStore.getState()
  const answer = info && (await ask('ledger.previewLevels', { twinHash: info.twinHash, assets, method }, { signal }))
  return signal.aborted ? null : answer
}

export const fillLevelsOf = (fill: LevelFill, signed: Signed): Promise<boolean> =>
  changeTwin(twinHash => longCall('ledger.fillLevels', { twinHash, ...fill, signed }, 'ledger:job.levels'))
