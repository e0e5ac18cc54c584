import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSET_KINDS, type AssetKind } from '#shared/twin/kinds.ts'
import { CliFailure } from './command.ts'

/** Masks of assets under a name: queries saved in the project. */
export type NamedSets = ReadonlyMap<string, Uint8Array>

/**
 * The two sides of `--sets A:B`. Each is one or more of `all`, `scenario`, kind ids, owner names and names of saved queries,
 * joined by commas; an asset belongs to a side if any of them fits. Names may hold colons and commas where the whole still
 * reads; where a query has the name of an owner the query is meant.
 * @param isProposal Per asset.
 * @throws CliFailure naming what fits nothing.
 */
export function parseSets(text: string, columns: AssetColumns, isProposal: Uint8Array, named: NamedSets = new Map()): { a: Uint8Array; b: Uint8Array } {
  const colons = [...text].flatMap((character, i) => (character === ':' ? [i] : []))
  if (colons.length === 0) throw new CliFailure('cli-check:setsForm', { sets: text })
  let unknown = ''
  for (const colon of colons) {
    const sides = [text.slice(0, colon), text.slice(colon + 1)].map(side => maskOf(side, columns, isProposal, named))
    const [a, b] = sides
    if (a instanceof Uint8Array && b instanceof Uint8Array) return { a, b }
    unknown ||= sides.find(side => typeof side === 'string') ?? ''
  }
  throw new CliFailure('cli-check:setUnknown', { set: unknown })
}

/** Mask of the assets of one side, or the first word that fits nothing. */
function maskOf(side: string, columns: AssetColumns, isProposal: Uint8Array, named: NamedSets): Uint8Array | string {
  const mask = new Uint8Array(columns.count)
  for (const word of named.has(side) || columns.owners.includes(side) ? [side] : side.split(',').map(part => part.trim())) {
    const fits = fitOf(word, columns, isProposal, named)
    if (!fits) return word
    for (let asset = 0; asset < columns.count; asset++) if (fits(asset)) mask[asset] = 1
  }
  return mask
}

function fitOf(word: string, columns: AssetColumns, isProposal: Uint8Array, named: NamedSets): ((asset: number) => boolean) | null {
  const query = named.get(word)
  if (query) return asset => query[asset] === 1
  if (word === 'all') return () => true
  if (word === 'scenario') return asset => isProposal[asset] === 1
  const kind = ASSET_KINDS.indexOf(word as AssetKind)
  if (kind >= 0) return asset => columns.kind[asset] === kind
  const owner = word === '' ? -1 : columns.owners.indexOf(word)
  return owner >= 0 ? asset => columns.owner[asset] === owner : null
}
