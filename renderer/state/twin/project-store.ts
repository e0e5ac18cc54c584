import { createStore } from 'zustand/vanilla'
import type { z } from 'zod'
import type { projectInfoSchema, recoverySchema } from '#shared/contract/shapes.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { TwinContext } from '#shared/twin/twin-context.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'

export type ProjectInfo = z.infer<typeof projectInfoSchema>
export type Recovery = z.infer<typeof recoverySchema>

/** What is open: the twin as columns (never in immer), its surroundings, and the pack it is judged by. */
export interface ProjectState {
  /** `arriving`: the file is open and its lines are on their way; panels and graphics get ready meanwhile. */
  readonly status: 'none' | 'opening' | 'arriving' | 'open'
  readonly info: ProjectInfo | null
  readonly columns: AssetColumns | null
  readonly context: TwinContext | null
  readonly pack: { readonly pack: RulePack; readonly hash: string } | null
  readonly recovery: Recovery | null
  readonly migratedFrom: number | null
  /** The file under the project failed, or the host that keeps it is gone; shown until resolved. */
  readonly trouble: 'file_gone' | 'disk_full' | 'write_failed' | 'host_gone' | null
}

const EMPTY: ProjectState = { status: 'none', info: null, columns: null, context: null, pack: null, recovery: null, migratedFrom: null, trouble: null }

export const projectStore = createStore<ProjectState>(() => EMPTY)

/** Back to no project, keeping nothing of the last one. */
export const resetProject = () => projectStore.setState(EMPTY, true)
