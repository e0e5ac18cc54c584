import { expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { seededRandom } from '#shared/core/random.ts'
import { analysisSubject, NO_CHANGES } from '#shared/hazards/analysis/subject.ts'
import { adjacentSpaces } from '#shared/hazards/adjacent-spaces.ts'
import { gasExposures } from '#shared/hazards/gas-exposure.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'
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

it.each(Array.from({ length: 10 }, (_, i) => i + 1))('seed %i: a scheme over what is known already gives what looking anew gives', seed => {
  const random = seededRandom(100 + seed)
  const spot = () => [40 * random.next(), 40 * random.next(), -3 * random.next()] as [number, number, number]
  const kinds = ['gas', 'sewer_foul', 'telecom', 'gas'] as const
  const baseline = TwinBuilder.with().onFlatGround(0)
  for (let k = 0; k < 20; k++) baseline.aPipe(`A${k}`, [spot(), spot()], { kind: kinds[random.int(4)]! })
  for (let k = 0; k < 8; k++) baseline.aManhole(`M${k}`, spot())
  const { nodes, surfaceFeatures, blocks, ground } = baseline.build()
  const twin = { columns: baseline.buildColumns([0, 0, 0]), nodes, surfaceFeatures, blocks, ground, attributes: new Map() }
  const proposals = [aProposal('P1', { kind: 'gas', axis: [spot(), spot()], replaces: ['A3'] }), aProposal('P2', { kind: 'sewer_storm', axis: [spot(), spot()] })]
  const [now, scheme] = [analysisSubject(twin, NO_CHANGES), analysisSubject(twin, { proposals, removed: ['A5', 'A9'], excavations: [] })]
  const words = (exposures: ReturnType<typeof gasExposures>) => exposures.map(({ pipe, space, byScheme }) => `${pipe} ${space.sort} ${space.index} ${space.distanceM.toFixed(9)} ${byScheme}`).sort()
  const known = gasExposures(now, 4, 20, unattendedJob)
  expect(words(gasExposures(scheme, 4, 20, unattendedJob, known))).toEqual(words(gasExposures(scheme, 4, 20, unattendedJob)))
  expect(words(gasExposures(analysisSubject(twin, { ...NO_CHANGES, removed: ['A5'] }), 4, 20, unattendedJob, known))).toEqual(words(gasExposures(analysisSubject(twin, { ...NO_CHANGES, removed: ['A5'] }), 4, 20, unattendedJob)))
})

it('says where a pipe and a space are nearest', () => {
  const builder = TwinBuilder.with().aPipe('G', [[0, 0, -1], [100, 0, -1]], { kind: 'gas', section: { shape: 'circle', diameterM: 0.2 } }).aManhole('M', [40, 2, 0], { diameterM: 1, bottomZ: -4 })
  const { nodes, surfaceFeatures } = builder.build()
  const [{ space }] = gasExposures({ columns: builder.buildColumns([0, 0, 0]), nodes, surfaceFeatures }, 5, 1, unattendedJob) as [ReturnType<typeof gasExposures>[number]]
  expect(space.distanceM).toBeCloseTo(1.4, 9)
  expect(space.at.pipe).toEqual([40, 0, -1])
  expect(space.at.space).toEqual([40, 2, -1])
})
