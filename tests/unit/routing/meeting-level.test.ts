import { describe, expect, it } from 'vitest'
import { meetingLevel } from '#shared/routing/lines/meeting-level.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const ORIGIN = [1000, 2000, 100] as const
const nodesOf = (...nodes: readonly NodeRecord[]) => packContext({ nodes, ground: null, surfaceFeatures: [], blocks: [] }).nodes
const manhole: NodeRecord = { id: 'WS1', nodeType: 'manhole', kind: 'sewer_foul', owner: '', at: [1010, 2000, 105], bottomZ: 101, diameterM: 1, attributes: {} }
const pipe = (id: string, sizeM: number, z: number) => anAsset({ id, kind: 'sewer_foul', section: { shape: 'circle', diameterM: sizeM }, axis: [[1010, 2000, z], [1060, 2000, z - 0.5]] })

describe('the level at which a line meets what is there', () => {
  it('is bottom on bottom of the lowest line in a manhole, on its floor where none ends in it', () => {
    const columns = buildAssetColumns([pipe('A', 0.6, 102.3), pipe('B', 0.4, 103)], [...ORIGIN])
    // Bottom of A: 102.3 − 0.3; the new line of 0.4 lies with its bottom there.
    expect(meetingLevel(columns, nodesOf(manhole), 'sewer_foul', 0.2, [10.2, 0])).toBeCloseTo(102.3 - 0.3 + 0.2 - 100, 9)
    expect(meetingLevel(buildAssetColumns([], [...ORIGIN]), nodesOf(manhole), 'sewer_foul', 0.2, [10.2, 0])).toBeCloseTo(101.2 - 100, 9)
  })

  it('is axis on axis where there is no manhole, between vertices too', () => {
    const columns = buildAssetColumns([pipe('A', 0.6, 102.3)], [...ORIGIN])
    expect(meetingLevel(columns, nodesOf(), 'sewer_foul', 0.2, [35, 0])).toBeCloseTo(102.05 - 100, 9)
  })

  it('is none beside the line, of another kind, and of one that is out of use', () => {
    const columns = buildAssetColumns([pipe('A', 0.6, 102.3), { ...pipe('C', 0.6, 101), status: 'abandoned' }], [...ORIGIN])
    expect(meetingLevel(columns, nodesOf(), 'sewer_foul', 0.2, [35, 0.2])).toBeNull()
    expect(meetingLevel(columns, nodesOf(manhole), 'water', 0.2, [10, 0])).toBeNull()
    expect(meetingLevel(columns, nodesOf(), 'sewer_foul', 0.2, [10, 0])).toBeCloseTo(102.3 - 100, 9)
  })
})
