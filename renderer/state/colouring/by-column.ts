import schemes from '#assets/colours/schemes.json' with { type: 'json' }
import { ASSET_KINDS, ASSET_STATUSES } from '#shared/twin/kinds.ts'
import { kindCounts } from '../twin/asset-facts.ts'
import { kindColour } from '../view/kind-colours.ts'
import type { ColourClass, ColourClasses, ColouringInput, Palette } from './colour-classes.ts'

export const kindClasses = ({ columns }: ColouringInput, palette: Palette): ColourClasses => ({
  classes: ASSET_KINDS.map(kind => ({ id: kind, label: { key: `kinds:kind.${kind}` }, colour: kindColour(kind, palette) })),
  codes: columns.kind,
  nodeClass: kind => ASSET_KINDS.indexOf(kind),
})

/** The owners with most lines have a colour each, the others share the grey; nobody's is a class of its own. */
export function ownerClasses({ columns }: ColouringInput, palette: Palette): ColourClasses {
  const { qualitative, nothing } = schemes[palette]
  const counts = new Map<string, number>()
  for (const { owners } of kindCounts(columns)) for (const { owner, count } of owners) if (owner !== '') counts.set(owner, (counts.get(owner) ?? 0) + count)
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([owner]) => owner)
  const named = ranked.slice(0, qualitative.length)
  const others = ranked.length - named.length
  const classes: ColourClass[] = named.map((owner, i) => ({ id: `owner:${owner}`, label: { text: owner }, colour: qualitative[i]! }))
  classes.push({ id: 'others', label: { key: 'colouring:owner.others', values: { count: others } }, colour: otherColour(palette) })
  classes.push({ id: 'unknown', label: { key: 'colouring:owner.unknown' }, colour: nothing })
  const classOf = (owner: string) => (owner === '' ? classes.length - 1 : named.includes(owner) ? named.indexOf(owner) : classes.length - 2)
  const byOwner = columns.owners.map(classOf)
  return { classes, codes: Uint8Array.from(columns.owner, owner => byOwner[owner]!), nodeClass: (_, owner) => classOf(owner) }
}

export const statusClasses = ({ columns }: ColouringInput, palette: Palette): ColourClasses => ({
  classes: [
    ...ASSET_STATUSES.map(status => ({ id: status, label: { key: `kinds:status.${status}` }, colour: schemes[palette].status[status] })),
    neutralClass(palette),
  ],
  codes: columns.status,
  nodeClass: () => ASSET_STATUSES.length,
})

/** What nodes are painted in where the scheme says nothing of them. */
export const neutralClass = (palette: Palette): ColourClass => ({ id: 'neutral', label: { key: 'colouring:neutral' }, colour: schemes[palette].nothing })

/** A darker grey than "unknown", for what is known but has no colour of its own. */
export const otherColour = (palette: Palette): string => (palette === 'standard' ? '#5f6b78' : '#555b66')
