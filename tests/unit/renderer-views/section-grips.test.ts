import { describe, expect, it } from 'vitest'
import { cutLine } from '#shared/profile/cut-line.ts'
import { worldToCut } from '#shared/profile/cut-world.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { draggedAxis } from '#renderer/tools/edit-proposal/edit-steps.ts'
import { gripDrag } from '#renderer/views/section/move-grip.ts'
import { movedInSection, sectionGrips, takenHold } from '#renderer/views/section/section-grips.ts'
import { sectionOf } from '#renderer/views/section/section-model.ts'

const twin = buildAssetColumns([{ id: 'W', kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.4 }, axis: [[0, 3, -1], [40, 3, -1]], status: 'in_use', assumed: 0, attributes: {} }], [0, 0, 0])
const proposal = (id: string, ...axis: Vec3[]): Proposal => ({ id, name: '', kind: 'gas', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis, laying: 'direct' })
/** East along y = 0, falling one in ten; another crosses it over x = 12, going north. */
const P = proposal('P', [0, 0, 0], [20, 0, -2], [40, 0, -4])
const Q = proposal('Q', [12, -10, -3], [12, 10, -3])
/** Beside it, turned the other way. */
const R = proposal('R', [40, -2, -1], [0, -2, -1])
const world = worldToCut(twin, [], [P, Q, R])
const grips = (id: string, chainageM: number) => {
  const line = cutLine(world, id)!
  const section = sectionOf(world, line, chainageM, 8, null, () => null, new Map(), () => true)
  return { section, grips: sectionGrips(section, world, line, chainageM) }
}

describe('what a section takes hold of', () => {
  it('is the vertex within a metre, or a new one where it cuts', () => {
    const line = cutLine(world, 'P')!
    expect(takenHold(line, 19.1)).toEqual({ index: 1, inserted: false, at: [20, 0, -2], chainageM: 20 })
    expect(takenHold(line, 18.9)).toEqual({ index: 1, inserted: true, at: [18.9, 0, expect.closeTo(-1.89, 9)], chainageM: 18.9 })
    expect(takenHold(line, 30)).toEqual({ index: 2, inserted: true, at: [30, 0, -3], chainageM: 30 })
    expect(takenHold(line, 40)).toMatchObject({ index: 2, inserted: false })
    expect(takenHold(line, 0.5)).toMatchObject({ index: 0, inserted: false })
  })

  it('are all proposed lines it cuts across, and no asset', () => {
    const { grips: found } = grips('P', 30)
    expect(found.map(({ proposalId, index, inserted, u, z, isOwn }) => [proposalId, index, inserted, Number(u.toFixed(9)), z, isOwn])).toEqual([
      ['P', 2, true, 0, -3, true], ['R', 1, true, 2, -1, false], // R lies south, to the right of who goes east; 10 m along it, for it comes from the east
    ])
    expect(found[1]!.chainageM).toBeCloseTo(10, 9)
  })

  it('is nothing on an asset, whose section still takes hold of the proposals it cuts', () => {
    expect(new Set(grips('W', 30).grips.map(grip => grip.proposalId))).toEqual(new Set(['P', 'R']))
  })

  it('leaves a line alone that runs along the section', () => {
    expect(grips('P', 12).grips.map(({ proposalId }) => proposalId)).not.toContain('Q')
  })
})

describe('moving it', () => {
  it('goes across the line and in level, in whole centimetres of the level that is written', () => {
    const { section, grips: [own] } = grips('P', 30)
    const to = movedInSection(own!, section.plane, 0.503, 0.248, false, 0.123)
    expect(to).toEqual([30, -0.5, expect.closeTo(-2.753, 9)]) // −3 + 0.123 + 0.248 = −2.629, round −2.63
    expect(draggedAxis(P.axis, gripDrag(own!, to))).toEqual([P.axis[0], P.axis[1], to, P.axis[2]])
  })

  it('straight keeps to what is more: the other stays as it is to the last digit', () => {
    const { section, grips: [own] } = grips('P', 30)
    expect(movedInSection(own!, section.plane, 0.5, -0.2, true, 0.123)).toEqual([30, -0.5, -3])
    expect(movedInSection(own!, section.plane, 0.2, -0.5, true, 0)).toEqual([30, 0, -3.5])
  })

  it('of a line that comes the other way still follows the pointer', () => {
    const { section, grips: found } = grips('P', 30)
    const other = found.find(({ proposalId }) => proposalId === 'R')!
    expect(movedInSection(other, section.plane, 1, 0, false, 0).map(value => Number(value.toFixed(9)))).toEqual([30, -3, -1])
  })
})
