import type { CallOutput } from '#shared/contract/contract.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { openProject, type Handlers } from './handler.ts'

export const twinHandlers: Pick<Handlers, 'twin.columns' | 'twin.context' | 'twin.attributes' | 'twin.attributeColumn'> = {
  // The contract's tuples and arrays are mutable in type only.
  'twin.columns': (_, context) => openProject(context).columns() as unknown as CallOutput<'twin.columns'>,
  'twin.context': (_, context) => packContext(openProject(context).context()) as unknown as CallOutput<'twin.context'>,
  'twin.attributes': ({ assetId }, context) => openProject(context).attributes(assetId),
  'twin.attributeColumn': ({ role }, context) => openProject(context).attributeColumn(role, context.job),
}
