import type { Block } from '#shared/twin/surface-feature.ts'
import { changeTwin, type Signed } from './ledger-actions.ts'
import { longCall } from '../long-call.ts'

const newId = (): string => `block-${crypto.randomUUID().slice(0, 8)}`

/** Keeps a block of responsibility, new or changed, as one recorded step of the twin. */
export const keepBlock = (block: Omit<Block, 'id'> & { readonly id: string | null }, signed: Signed): Promise<boolean> => {
  const id = block.id ?? newId()
  return changeTwin(twinHash => longCall('ledger.blocks', { twinHash, changes: [{ id, after: { ...block, id, ring: block.ring.map(([x, y]): [number, number] => [x, y]) } }], signed }, 'ledger:job.blocks'))
}

/** Keeps new blocks of responsibility, as one recorded step of the twin. */
export const addBlocks = (blocks: readonly Omit<Block, 'id'>[], signed: Signed): Promise<boolean> => {
  const changes = blocks.map(block => {
    const id = newId()
    return { id, after: { ...block, id, ring: block.ring.map(([x, y]): [number, number] => [x, y]) } }
  })
  return changeTwin(twinHash => longCall('ledger.blocks', { twinHash, changes, signed }, 'ledger:job.blocks'))
}

export const removeBlock = (id: string, signed: Signed): Promise<boolean> =>
  changeTwin(twinHash => longCall('ledger.blocks', { twinHash, changes: [{ id, after: null }], signed }, 'ledger:job.blocks'))
