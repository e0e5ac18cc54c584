import { describe, expect, it } from 'vitest'
import { itemAppearance, writeClasses, writeFlags, type AppearanceChoice } from '#renderer/scene/appearance/item-appearance.ts'
import { ITEM_FLAGS, ITEM_TRAITS } from '#renderer/scene/appearance/item-flags.ts'
import { nodeBodies } from '#renderer/scene/geometry/node-bodies.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import { anAsset, IDS } from '../../builders/twin-builder.ts'

const columns = buildAssetColumns([
  anAsset({ id: IDS.W1, kind: 'water' }), anAsset({ id: IDS.G1, kind: 'gas', owner: 'Gas' }), anAsset({ id: IDS.F1, kind: 'sewer_foul', status: 'abandoned' }),
], [0, 0, 0])
const { nodes } = packContext({ nodes: [{ id: IDS.M1, nodeType: 'manhole', kind: 'sewer_foul', owner: '', at: [0, 0, 0], diameterM: 1, attributes: {} }], ground: null, surfaceFeatures: [], blocks: [] })
const bodies = nodeBodies(nodes, [0, 0, 0])
const nothing: AppearanceChoice = { hiddenKinds: new Set(), hiddenOwners: new Set(), showNodes: true, focus: null, removed: [], isXray: false, kept: [] }

function flags(choice: Partial<AppearanceChoice>): number[] {
  const appearance = itemAppearance(columns, bodies)
  writeFlags(appearance, columns, nodes, { ...nothing, ...choice })
  return Array.from({ length: 4 }, (_, i) => appearance.texels[4 * i + 1]!)
}

describe('how items look', () => {
  it('carries class, radius and traits of assets, then nodes', () => {
    const appearance = itemAppearance(columns, bodies)
    const { texels, radiusM, items } = appearance
    writeClasses(appearance, nodes, { codes: columns.kind, nodeClass: kind => ASSET_KINDS.indexOf(kind) })
    expect(items).toBe(4)
    expect(ASSET_KINDS[texels[4]!]).toBe('gas')
    expect(ASSET_KINDS[texels[4 * 3]!]).toBe('sewer_foul')
    expect(texels[4 * 2 + 2]).toBe(ITEM_TRAITS.outOfUse)
    expect(texels[4 * 3 + 2]).toBe(ITEM_TRAITS.node)
    expect(radiusM[3]).toBeCloseTo(0.5)
  })

  it('hides kinds, owners and nodes', () => {
    expect(flags({ hiddenKinds: new Set(['water']) })).toEqual([ITEM_FLAGS.hidden, 0, 0, 0])
    expect(flags({ hiddenOwners: new Set(['Gas']) })).toEqual([0, ITEM_FLAGS.hidden, 0, 0])
    expect(flags({ showNodes: false })).toEqual([0, 0, 0, ITEM_FLAGS.hidden])
    expect(flags({ hiddenKinds: new Set(['sewer_foul']) })).toEqual([0, 0, ITEM_FLAGS.hidden, ITEM_FLAGS.hidden])
  })

  it('ghosts all but the two sides of an open finding, and shows those even where switched off', () => {
    const { ghost, focusA, focusB } = ITEM_FLAGS
    expect(flags({ focus: { a: new Set([0]), b: new Set([1]) }, hiddenKinds: new Set(['water']) })).toEqual([focusA, focusB, ghost, ghost])
  })

  it('ghosts what the scheme takes out, but for an open finding, whose sides it leaves alone', () => {
    const { ghost, focusA } = ITEM_FLAGS
    expect(flags({ removed: [1] })).toEqual([0, ghost, 0, 0])
    expect(flags({ removed: [0], focus: { a: new Set([0]), b: new Set() } })).toEqual([focusA, ghost, ghost, ghost])
  })

  it('lets everything recede but what is selected or pointed at where one looks through everything', () => {
    const { ghost, hidden } = ITEM_FLAGS
    expect(flags({ isXray: true, kept: [0, 3, 2] })).toEqual([0, ghost, 0, 0])
    expect(flags({ isXray: true, hiddenKinds: new Set(['gas']) })).toEqual([ghost, ghost | hidden, ghost, ghost])
  })

  it('forgets what was chosen before', () => {
    flags({ isXray: true, hiddenKinds: new Set(['gas']), removed: [1] })
    expect(flags({})).toEqual([0, 0, 0, 0])
  })
})
