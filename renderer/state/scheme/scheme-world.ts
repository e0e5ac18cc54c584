import { worldToCut, type CutWorld } from '#shared/profile/cut-world.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { removalsOf } from './removals.ts'

/** The twin with the scheme looked at. */
export const cutWorld = (columns: AssetColumns, document: ScenarioDocument | null): CutWorld =>
  worldToCut(columns, removalsOf(document).keys(), Object.values(document?.proposals ?? {}))
