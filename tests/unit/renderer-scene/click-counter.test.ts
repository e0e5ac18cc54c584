import { describe, expect, it } from 'vitest'
import { ClickCounter } from '#renderer/scene/input/click-counter.ts'

describe('clicks', () => {
  it('are a double click where the second comes soon and near, and a third begins anew', () => {
    const clicks = new ClickCounter()
    expect([clicks.count(0, 10, 10), clicks.count(300, 13, 12), clicks.count(500, 13, 12)]).toEqual([1, 2, 1])
  })

  it('are two of their own where the second is late or elsewhere', () => {
    const clicks = new ClickCounter()
    expect([clicks.count(0, 10, 10), clicks.count(401, 10, 10), clicks.count(500, 30, 10)]).toEqual([1, 1, 1])
  })
})
