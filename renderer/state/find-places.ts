import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { assetIds } from './asset-facts.ts'

/** Beyond so many lines only a whole id is looked for: unpacking and reading a million of them takes longer than a key stroke may. */
const MOST_READ = 200_000
const LEAST_LETTERS = 2

/** Ids of lines that hold the text, whatever its case: the whole id first, then those that begin with it; at most `most`. */
export function idsLike(columns: AssetColumns, text: string, most: number): readonly string[] {
  const wanted = text.trim()
  if (wanted.length < LEAST_LETTERS) return []
  const whole = [wanted, wanted.toUpperCase()].find(id => assetIndexOf(columns, id) !== null)
  if (columns.count > MOST_READ) return whole === undefined ? [] : [whole]
  const lower = wanted.toLowerCase()
  const [begin, hold]: [string[], string[]] = [[], []]
  for (const id of assetIds(columns)) {
    if (id === whole) continue
    const at = id.toLowerCase().indexOf(lower)
    if (at === 0) begin.push(id)
    else if (at > 0 && hold.length < most) hold.push(id)
    if (begin.length >= most) break
  }
  return [...(whole === undefined ? [] : [whole]), ...begin, ...hold].slice(0, most)
}

/** Two figures, as pasted from a table or another map: `x, y`, `x y` or `x；y`, in the project's coordinates. Null for anything else. */
export function coordinatesIn(text: string): readonly [x: number, y: number] | null {
  const found = /^\s*([+-]?\d{1,9}(?:\.\d+)?)\s*(?:[,，;；\t]|\s)\s*([+-]?\d{1,9}(?:\.\d+)?)\s*$/.exec(text)
  return found && [Number(found[1]), Number(found[2])]
}
