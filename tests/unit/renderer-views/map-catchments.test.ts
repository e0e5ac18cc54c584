import { beforeEach, describe, expect, it, vi } from 'vitest'
import { runAnalysis } from '#renderer/actions/check/analysis-actions.ts'
import { stepCatchments } from '#renderer/actions/scheme/catchment-actions.ts'
import { setHost } from '#renderer/actions/host.ts'
import { changeRecords } from '#renderer/actions/ledger/register-actions.ts'
import { catchmentHandles, gripCatchment, pulled } from '#renderer/views/plan/map-catchments.ts'
import { analysisStore, bringsViews, resetAnalysisState, type AnalysisResult } from '#renderer/state/findings/analysis-store.ts'
import { drawnCatchments } from '#renderer/state/scheme/drawn-catchments.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import type { Client } from '#shared/contract/client.ts'
import { openOn, settled } from '../renderer-actions/open-project.ts'

const SQUARE = [[1000, 2000], [1100, 2000], [1100, 2100], [1000, 2100]] as const
/** Local frame is the project's less this. */
const ORIGIN = [1000, 2000, 0]
const PX_PER_M = 2

const ringNow = () => drawnCatchments()[0]!.ring

beforeEach(async () => {
  await openOn()
  resetAnalysisState()
  await changeRecords([{ collection: 'catchments', id: 'c', body: { name: 'A', ring: [...SQUARE], node: null, runoffCoefficient: null } }])
  await settled()
  analysisStore.setState({ shown: 'overflow' })
})

describe('corners of a catchment on the map', () => {
  it('follow the pointer, are kept when let go, and go back with one step', async () => {
    const grip = gripCatchment(101, 99, PX_PER_M, ORIGIN)!
    grip.to(131, 119)
    // The corner keeps its distance from the pointer: it was taken a metre off.
    expect(ringNow()[2]).toEqual([1130, 2120])
    grip.drop()
    // Nor does it spring back until it is kept.
    expect(ringNow()[2]).toEqual([1130, 2120])
    await settled()
    expect(analysisStore.getState().catchmentDraft).toBeNull()
    expect(ringNow()).toEqual([[1000, 2000], [1100, 2000], [1130, 2120], [1000, 2100]])
    await stepCatchments('undo')
    await settled()
    expect(ringNow()).toEqual(SQUARE)
  })

  it('are asked about again without the picture going anywhere', async () => {
    const { client } = await openOn()
    await changeRecords([{ collection: 'catchments', id: 'c', body: { name: 'A', ring: [...SQUARE], node: null, runoffCoefficient: null } }])
    const answer = { outcome: { groups: [{ points: [[1010, 2010, 5]], assets: [], areas: [] }] } }
    setHost({ ...client, call: ((name, ...rest) => (name === 'analysis.run' ? Promise.resolve(answer) : client.call(name, ...rest))) as Client['call'] })
    await settled()
    analysisStore.setState({ shown: 'overflow', method: 'overflow', results: { overflow: {} as AnalysisResult } })
    viewStore.setState({ camera: null })
    const grip = gripCatchment(101, 99, PX_PER_M, ORIGIN)!
    grip.to(131, 119)
    grip.drop()
    await vi.waitFor(() => expect(analysisStore.getState()).toMatchObject({ running: null, results: { overflow: { outcome: expect.anything() } } }))
    expect([viewStore.getState().camera, bringsViews(analysisStore.getState())]).toEqual([null, false])
    // Asked by its button it shows what was found.
    await runAnalysis()
    expect(viewStore.getState().camera).not.toBeNull()
    expect(bringsViews(analysisStore.getState())).toBe(true)
  })

  it('come to be where the middle of a side is pulled', async () => {
    const grip = gripCatchment(50, 0, PX_PER_M, ORIGIN)!
    grip.to(50, -20)
    grip.drop()
    await settled()
    expect(ringNow()).toEqual([[1000, 2000], [1050, 1980], [1100, 2000], [1100, 2100], [1000, 2100]])
  })

  it('stay where they were when it is given up, or would make the outline cross itself', async () => {
    const given = gripCatchment(100, 100, PX_PER_M, ORIGIN)!
    given.to(300, 300)
    given.abandon()
    expect(ringNow()).toEqual(SQUARE)
    const crossing = gripCatchment(100, 100, PX_PER_M, ORIGIN)!
    crossing.to(50, -50)
    crossing.drop()
    await settled()
    expect(ringNow()).toEqual(SQUARE)
  })

  it('are there to be taken only where catchments are shown, within reach, and a middle only where there is room', () => {
    expect(gripCatchment(100, 106, PX_PER_M, ORIGIN)).toBeNull()
    expect(catchmentHandles(PX_PER_M)).toHaveLength(8)
    expect(catchmentHandles(0.3)).toHaveLength(4)
    analysisStore.setState({ shown: 'burst' })
    expect(gripCatchment(100, 100, PX_PER_M, ORIGIN)).toBeNull()
  })

  it('are moved or added in their place in the outline', () => {
    expect(pulled({ ring: SQUARE, index: 3, isMiddle: true }, [990, 2050])).toEqual([...SQUARE, [990, 2050]])
    expect(pulled({ ring: SQUARE, index: 0, isMiddle: false }, [990, 1990])[0]).toEqual([990, 1990])
  })
})
