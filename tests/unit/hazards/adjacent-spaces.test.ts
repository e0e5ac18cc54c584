import { expect, it } from 'vitest'
import { adjacentSpaces } from '#shared/hazards/adjacent-spaces.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const spaces = (builder: TwinBuilder, radiusM = 5) => {
  const { nodes, surfaceFeatures, assets } = builder.build()
  const names = { line: assets, node: nodes, building: surfaceFeatures }
  return adjacentSpaces({ columns: builder.buildColumns(), nodes, surfaceFeatures }, 0, radiusM).map(({ sort, index, distanceM }) => [names[sort][index]!.id, Number(distanceM.toFixed(6))])
}
const gas = () => TwinBuilder.with().aPipe('G', [[1000, 1000, -1], [1100, 1000, -1]], { kind: 'gas', section: { shape: 'circle', diameterM: 0.2 } })

it('ranks drains, ducts, manholes and buildings by the clear distance, and leaves out what is not hollow', () => {
  const found = spaces(
    gas()
      .aPipe('FOUL', [[1000, 1003, -3], [1100, 1003, -3]], { kind: 'sewer_foul', section: { shape: 'circle', diameterM: 0.4 } })
      .aPipe('CABLE', [[1000, 1000.5, -1], [1100, 1000.5, -1]], { kind: 'power', laying: 'direct' }).aPipe('WATER', [[1000, 1001, -1], [1100, 1001, -1]])
      .aPipe('DUCT', [[1000, 998.5, -1], [1100, 998.5, -1]], { kind: 'telecom', laying: 'duct', section: { shape: 'rectangle', widthM: 0.6, heightM: 0.4 } })
      .aPipe('FAR', [[1000, 1006, -1], [1100, 1006, -1]], { kind: 'sewer_storm' })
      .aManhole('M', [1050, 1002, 0], { diameterM: 1.2, bottomZ: -4 }).aValve('V', [1050, 1001, 0])
      .aBuilding('HOUSE', [[1040, 1004], [1060, 1004], [1060, 1010], [1040, 1010]]),
  )
  expect(found).toEqual([['DUCT', 1.1], ['M', 1.3], ['FOUL', Number((Math.hypot(3, 2) - 0.3).toFixed(6))], ['HOUSE', 3.9]])
})

it('is nothing away from a building it runs into, and within a smaller radius finds less', () => {
  const builder = gas().aBuilding('OVER', [[990, 990], [1200, 990], [1200, 1010], [990, 1010]]).aManhole('M', [1050, 1002, 0], { diameterM: 1.2, bottomZ: -4 })
  expect(spaces(builder)).toEqual([['OVER', 0], ['M', 1.3]])
  expect(spaces(builder, 1)).toEqual([['OVER', 0]])
})
