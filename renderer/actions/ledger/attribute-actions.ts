import type { CallOutput } from '#shared/contract/contract.ts'
import { ask } from '../host.ts'

export type AssetAttributes = CallOutput<'twin.attributes'>

/** What the source said of a line beyond the columns; null where the host cannot tell. */
export const attributesOf = (assetId: string): Promise<AssetAttributes | null> => ask('twin.attributes', { assetId })
