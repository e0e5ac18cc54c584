import { unpackStrings } from '#shared/core/packed-strings.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { ASSET_KINDS, ASSET_STATUSES, type AssetKind } from '#shared/twin/kinds.ts'
import { nodeCount, type PackedNodes } from '#shared/twin/twin-context.ts'
import type { ColourClasses } from '#renderer/state/colouring/colour-classes.ts'
import { bodyRadiusM, type NodeBodies } from '../geometry/node-bodies.ts'
import { APPEARANCE_ROW, ITEM_FLAGS, ITEM_TRAITS } from './item-flags.ts'

/**
 * One texel per item, read by the shaders: class of colour, flags, traits. Switching kinds and owners and ghosting write here
 * and rebuild no geometry; what is selected or pointed at the shaders are told by its number alone. Items are assets, then nodes.
 */
export interface ItemAppearance {
  /** RGBA bytes, APPEARANCE_ROW items a row. */
  readonly texels: Uint8Array<ArrayBuffer>
  /** Outer half-width per item, metres, same layout, one float each. */
  readonly radiusM: Float32Array<ArrayBuffer>
  readonly rows: number
  readonly items: number
}

export interface AppearanceChoice {
  readonly hiddenKinds: ReadonlySet<AssetKind>
  readonly hiddenOwners: ReadonlySet<string>
  readonly showNodes: boolean
  /** Items to keep while the rest ghosts (the two sides of an open finding); null: no ghosting. */
  readonly focus: { readonly a: ReadonlySet<number>; readonly b: ReadonlySet<number> } | null
  /** Assets the scheme takes out of the ground: shown as ghosts. */
  readonly removed: readonly number[]
  /** Everything recedes but what is in focus or named in `kept`. */
  readonly isXray: boolean
  /** Selected or pointed at: they stand out where one looks through everything. */
  readonly kept: readonly number[]
}

/** Writes the class of every item: which colour of the palette it has. */
export function writeClasses(appearance: ItemAppearance, nodes: PackedNodes, { codes, nodeClass }: Pick<ColourClasses, 'codes' | 'nodeClass'>): void {
  const { texels } = appearance
  for (let i = 0; i < codes.length; i++) texels[4 * i] = codes[i]!
  const owners = unpackStrings(nodes.owner.texts)
  const known = ASSET_KINDS.map(() => new Int16Array(owners.length).fill(-1))
  for (let n = 0; n < nodeCount(nodes); n++) {
    const [kind, owner] = [nodes.kind[n]!, nodes.owner.codes[n]!]
    let code = known[kind]![owner]!
    if (code < 0) known[kind]![owner] = code = nodeClass(ASSET_KINDS[kind]!, owners[owner]!)
    texels[4 * (codes.length + n)] = code
  }
}

export function itemAppearance(columns: AssetColumns, bodies: NodeBodies): ItemAppearance {
  const items = columns.count + bodies.count
  const rows = Math.max(1, Math.ceil(items / APPEARANCE_ROW))
  const texels = new Uint8Array(4 * APPEARANCE_ROW * rows)
  const radiusM = new Float32Array(APPEARANCE_ROW * rows)
  for (let i = 0; i < columns.count; i++) {
    const status = ASSET_STATUSES[columns.status[i]!]
    const use = status === 'abandoned' || status === 'removed' ? ITEM_TRAITS.outOfUse : status === 'planned' ? ITEM_TRAITS.planned : 0
    texels[4 * i + 2] = use | (columns.assumed[i]! & ASSUMED.level ? ITEM_TRAITS.levelAssumed : 0)
    radiusM[i] = columns.halfWidthM[i]!
  }
  for (let n = 0; n < bodies.count; n++) {
    const i = columns.count + n
    texels[4 * i + 2] = ITEM_TRAITS.node
    radiusM[i] = bodyRadiusM(bodies, n)
  }
  return { texels, radiusM, rows, items }
}

/** Writes the flags of every item for what is chosen now. A few milliseconds at a million items. */
export function writeFlags(appearance: ItemAppearance, columns: AssetColumns, nodes: PackedNodes, choice: AppearanceChoice): void {
  const { texels } = appearance
  const kindHidden = ASSET_KINDS.map(kind => choice.hiddenKinds.has(kind))
  const ownerHidden = columns.owners.map(owner => choice.hiddenOwners.has(owner))
  const { focus } = choice
  for (let i = 0; i < columns.count; i++) {
    let flags = kindHidden[columns.kind[i]!] || ownerHidden[columns.owner[i]!] ? ITEM_FLAGS.hidden : 0
    if (focus) {
      const [a, b] = [focus.a.has(i), focus.b.has(i)]
      // The sides of an open finding are shown whatever is switched off.
      flags = a || b ? (a ? ITEM_FLAGS.focusA : 0) | (b ? ITEM_FLAGS.focusB : 0) : flags | ITEM_FLAGS.ghost
    } else if (choice.isXray) flags |= ITEM_FLAGS.ghost
    texels[4 * i + 1] = flags
  }
  const nodeOwnerHidden = unpackStrings(nodes.owner.texts).map(owner => choice.hiddenOwners.has(owner))
  for (let n = 0; n < nodeCount(nodes); n++) {
    const hidden = !choice.showNodes || kindHidden[nodes.kind[n]!] || nodeOwnerHidden[nodes.owner.codes[n]!]
    texels[4 * (columns.count + n) + 1] = (hidden ? ITEM_FLAGS.hidden : 0) | (focus || choice.isXray ? ITEM_FLAGS.ghost : 0)
  }
  if (choice.isXray && !focus) for (const item of choice.kept) if (item < appearance.items) texels[4 * item + 1]! &= ~ITEM_FLAGS.ghost
  if (!focus) for (const item of choice.removed) texels[4 * item + 1]! |= ITEM_FLAGS.ghost
}
