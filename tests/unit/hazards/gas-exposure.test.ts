import { expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { seededRandom } from '#shared/core/random.ts'
import { adjacentSpaces } from '#shared/hazards/adjacent-spaces.ts'
import { gasExposures } from '#shared/hazards/gas-exposure.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

it.each(Array.from({ length: 10 }, (_, i) => i + 1))('seed %i: every space near every gas pipe, as each pipe alone has it', seed => {
  const random = seededRandom(seed)
  const builder = TwinBuilder.with()
  const spot = () => [60 * random.next(), 60 * random.next(), -3 * random.next()] as [number, number, number]
  for (let k = 0; k < 24; k++) builder.aPipe(`A${k}`, [spot(), spot()], { kind: (['gas', 'sewer_foul', 'telecom', 'water'] as const)[random.int(4)]! })
  for (let k = 0; k < 12; k++) builder.aManhole(`M${k}`, spot())
  builder.aBuilding('B', [[10, 10], [20, 10], [20, 20], [10, 20]])
  const { nodes, surfaceFeatures, assets } = builder.build()
  const input = { columns: builder.buildColumns([0, 0, 0]), nodes, surfaceFeatures }
  const exposures = gasExposures(input, 4, 20, unattendedJob)
  const alone = assets.flatMap(({ kind }, pipe) => (kind === 'gas' ? adjacentSpaces(input, pipe, 4).map(space => `${pipe} ${space.sort} ${space.index} ${space.distanceM.toFixed(9)}`) : []))
  expect(exposures.map(({ pipe, space }) => `${pipe} ${space.sort} ${space.index} ${space.distanceM.toFixed(9)}`).sort()).toEqual(alone.sort())
  for (const { pipe, space, byScheme } of exposures) expect(byScheme).toBe(pipe >= 20 || (space.sort === 'line' && space.index >= 20))
  for (let k = 1; k < exposures.length; k++) expect(exposures[k]!.space.distanceM).toBeGreaterThanOrEqual(exposures[k - 1]!.space.distanceM)
})
