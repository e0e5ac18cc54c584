import { expect, it } from 'vitest'
import { featuresOfTypes, nodeIndexOf, nodeRecord, packContext, unpackContext, type TwinContext } from '#shared/twin/twin-context.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'

it('packed surroundings of a sample city (seed 5) come back as they were, unknowns absent, attributes shared', () => {
  const { nodes, ground, surfaceFeatures, blocks } = generateSampleCity({ segments: 3000, seed: 5 }).records
  const bare = Object.fromEntries(Object.entries(nodes[0]!).filter(([key]) => key !== 'bottomZ')) as Omit<(typeof nodes)[number], 'bottomZ'>
  const context: TwinContext = { nodes: [...nodes, { ...bare, id: '井 1', attributes: { 材质: '砖', n: 3, ok: true, none: null } }], ground, surfaceFeatures, blocks }
  const packed = packContext(context)
  const back = unpackContext(packed)
  expect(back.nodes).toEqual(context.nodes)
  expect(back.surfaceFeatures).toEqual(surfaceFeatures)
  expect(back.blocks).toBe(blocks)
  expect(packed.nodes.attributes.texts.start.length).toBeLessThan(nodes.length)
  expect(packContext(back)).toBe(packed)
  // One by one as all together.
  const index = nodeIndexOf(packed.nodes, '井 1')!
  expect(nodeRecord(packed.nodes, index)).toEqual(context.nodes.at(-1))
  expect(nodeIndexOf(packed.nodes, '井 2')).toBeNull()
  expect(featuresOfTypes(packed.surfaceFeatures, ['tree', 'kerb'])).toEqual(surfaceFeatures.filter(({ type }) => type === 'tree' || type === 'kerb'))
})
