import { useMemo } from 'react'
import { useStore } from 'zustand'
import { blockLookup } from '#shared/quality/block-lookup.ts'
import type { OwnerDirectory } from '#shared/register/owner.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { directoryOf } from './owner-store.ts'
import { projectStore } from './project-store.ts'
import { registerStore } from './register-store.ts'

/** Who is registered as an owner. */
export const useOwners = (): OwnerDirectory => directoryOf(useStore(registerStore, state => state.owners))

/** A line is looked at this often for the blocks it lies in, metres. */
const STEP_M = 5

/**
 * Blocks of responsibility in which places lie, in the order they are met.
 * @param path Project CRS; every stretch between two places is looked at too.
 */
export function useBlocksOf(path: readonly (readonly number[])[]): readonly Block[] {
  const blocks = useStore(projectStore, state => state.context?.blocks ?? null)
  return useMemo(() => (blocks && blocks.length > 0 ? blocksAlong(path, blocks) : []), [path, blocks])
}

function blocksAlong(path: readonly (readonly number[])[], blocks: readonly Block[]): readonly Block[] {
  const blockAt = blockLookup(blocks, [0, 0, 0])
  const found = new Set<Block>()
  path.forEach(([x, y], i) => {
    const [nx, ny] = path[i + 1] ?? path[i]!
    const steps = Math.max(1, Math.ceil(Math.hypot(nx! - x!, ny! - y!) / STEP_M))
    for (let k = 0; k < steps; k++) {
      const block = blocks[blockAt(x! + (k / steps) * (nx! - x!), y! + (k / steps) * (ny! - y!))]
      if (block) found.add(block)
    }
  })
  return [...found]
}
