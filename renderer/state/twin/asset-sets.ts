import en from '#assets/locales/en/kinds.json' with { type: 'json' }
import zh from '#assets/locales/zh-CN/kinds.json' with { type: 'json' }
import { attributesAsked, matchAssets, type AssetQuery, type QueryInput } from '#shared/ledger/asset-query.ts'
import { queryOfSet, type SetRef, type SetTest } from '#shared/ledger/selection-set.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import type { attributeStore } from '../colouring/attribute-store.ts'
import type { RegisterState } from './register-store.ts'

type Attributes = ReturnType<typeof attributeStore.getState>

/** People type the kind in either language. */
const KIND_WORDS = ASSET_KINDS.map(kind => `${en.kind[kind]} ${zh.kind[kind]}`.toLowerCase())

interface Ledger {
  readonly columns: AssetColumns
  readonly blocks: readonly Block[]
  readonly twinHash: string
  readonly attributes: Attributes
}

/** True once every attribute the query goes by is held for this twin. */
export const isQueryReady = (query: AssetQuery, { twinHash, attributes }: Pick<Ledger, 'twinHash' | 'attributes'>): boolean =>
  attributesAsked(query).every(role => attributes[role]?.twinHash === twinHash && attributes[role].column !== null)

/** Per asset 1 where it fits; of an attribute that is not held, nothing is known. */
export function assetsOf(query: AssetQuery, { columns, blocks, twinHash, attributes }: Ledger): Uint8Array {
  const held: QueryInput['attributes'] = Object.fromEntries(attributesAsked(query).flatMap(role => {
    const found = attributes[role]
    return found?.twinHash === twinHash && found.column ? [[role, found.column]] : []
  }))
  return matchAssets(query, { columns, blocks, attributes: held, kindWords: KIND_WORDS })
}

/** Tests for membership of a set, proposals of the scheme worked on included; a query that is no more holds nothing. */
export function setTests(ledger: Ledger, queries: RegisterState['queries'], isProposal: SetTest): (set: SetRef) => SetTest {
  const masks = new Map<string, Uint8Array>()
  return set => {
    if (set.type === 'all') return () => true
    if (set.type === 'proposals') return isProposal
    const query = queryOfSet(set, id => queries[id]?.body.query)
    if (!query) return () => false
    const key = JSON.stringify(set)
    let mask = masks.get(key)
    if (!mask) masks.set(key, (mask = assetsOf(query, ledger)))
    return id => mask[assetIndexOf(ledger.columns, id) ?? -1] === 1
  }
}
