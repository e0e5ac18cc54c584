import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { featuresOfTypes, packContext, type TwinContext } from '#shared/twin/twin-context.ts'
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

/** A street as somebody looks for it: its name as the source wrote it, and the middle of its longest piece, project CRS. */
export interface FoundStreet {
  readonly name: string
  readonly at: readonly [x: number, y: number]
}

const streets = new WeakMap<TwinContext, readonly FoundStreet[]>()

/** Streets whose name holds the text, those that begin with it first; at most `most`. */
export function streetsLike(context: TwinContext, text: string, most: number): readonly FoundStreet[] {
  const wanted = text.trim().toLowerCase()
  if (wanted.length < LEAST_LETTERS) return []
  let known = streets.get(context)
  if (!known) streets.set(context, (known = streetsOf(context)))
  const found = known.map(street => ({ street, at: street.name.toLowerCase().indexOf(wanted) })).filter(({ at }) => at >= 0)
  return found.sort((a, b) => Math.sign(a.at) - Math.sign(b.at)).slice(0, most).map(({ street }) => street)
}

function streetsOf(context: TwinContext): FoundStreet[] {
  const longest = new Map<string, { readonly lengthM: number; readonly street: FoundStreet }>()
  for (const { name, points } of featuresOfTypes(packContext(context).surfaceFeatures, ['street_centreline'])) {
    if (name === '' || points.length === 0) continue
    const lengthM = points.reduce((sum, [x, y], i) => sum + (i === 0 ? 0 : Math.hypot(x - points[i - 1]![0], y - points[i - 1]![1])), 0)
    const known = longest.get(name)
    if (!known || lengthM > known.lengthM) longest.set(name, { lengthM, street: { name, at: points[Math.floor(points.length / 2)]! } })
  }
  return [...longest.values()].map(({ street }) => street)
}

/** Two figures, as pasted from a table or another map: `x, y`, `x y` or `x；y`, in the project's coordinates. Null for anything else. */
export function coordinatesIn(text: string): readonly [x: number, y: number] | null {
  const found = /^\s*([+-]?\d{1,9}(?:\.\d+)?)\s*(?:[,，;；\t]|\s)\s*([+-]?\d{1,9}(?:\.\d+)?)\s*$/.exec(text)
  return found && [Number(found[1]), Number(found[2])]
}
