import { afterEach, describe, expect, it, vi } from 'vitest'
import { packContext } from '#shared/twin/twin-context.ts'
import { askWorker, stopPlanning } from '#renderer/actions/scheme/planning-actions.ts'
import { contextNumber } from '#renderer/actions/scheme/planning-workers.ts'
import type { PlanningAnswer, PlanningRequest } from '#renderer/workers/planning-messages.ts'

/** Workers made so far: what each was asked, and whether it was ended. */
class FakeWorker extends EventTarget {
  static made: FakeWorker[] = []
  readonly asked: PlanningRequest[] = []
  isEnded = false
  constructor() {
    super()
    FakeWorker.made.push(this)
  }
  postMessage(request: PlanningRequest): void {
    this.asked.push(request)
  }
  terminate(): void {
    this.isEnded = true
  }
  answer(data: PlanningAnswer): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

const context = packContext({ ground: null, blocks: [], nodes: [], surfaceFeatures: [] })
const question = { type: 'slots', context, contextNumber: contextNumber(context), input: {}, proposals: [], removed: [] } as unknown as PlanningRequest
const told: PlanningAnswer[] = []
const ask = (): void => askWorker(question, 'planning:job.slots', answer => told.push(answer), () => undefined)
const SLOTS = { type: 'slots', answer: {} } as unknown as PlanningAnswer

describe('workers that look for fixes, routes and places', () => {
  afterEach(() => {
    vi.advanceTimersByTime(120_000)
    vi.useRealTimers()
    vi.unstubAllGlobals()
    FakeWorker.made = []
    told.length = 0
  })
  const begin = (): void => {
    vi.useFakeTimers()
    vi.stubGlobal('Worker', FakeWorker)
  }

  it('one that has answered is asked again, hears each question once, and is let go after a while', () => {
    begin()
    ask()
    FakeWorker.made[0]!.answer(SLOTS)
    ask()
    FakeWorker.made[0]!.answer(SLOTS)
    expect(FakeWorker.made).toHaveLength(1)
    // The surroundings are sent once.
    expect(FakeWorker.made[0]!.asked.map(asked => asked.context)).toEqual([context, null])
    expect(told).toHaveLength(2)
    expect(FakeWorker.made[0]!.isEnded).toBe(false)
    vi.advanceTimersByTime(60_001)
    expect(FakeWorker.made[0]!.isEnded).toBe(true)
  })

  it('one that is stopped, or overtaken by a newer question, or has failed, is ended and tells nothing more', () => {
    begin()
    ask()
    stopPlanning()
    ask()
    ask()
    FakeWorker.made[1]!.answer(SLOTS)
    FakeWorker.made[2]!.answer({ type: 'failed' })
    ask()
    expect(FakeWorker.made.map(({ isEnded }) => isEnded)).toEqual([true, true, true, false])
    expect(told).toEqual([])
    stopPlanning()
  })

  it('surroundings are known again by their number, others get another', () => {
    begin()
    const other = packContext({ ground: null, blocks: [], nodes: [], surfaceFeatures: [] })
    expect(contextNumber(context)).toBe(contextNumber(context))
    expect(contextNumber(other)).not.toBe(contextNumber(context))
  })
})
