import { describe, expect, it } from 'vitest'
import { createMessageRate } from '#main/web/message-rate.ts'

function clocked() {
  let at = 0
  const mayTake = createMessageRate(() => at)
  return { mayTake, wait: (ms: number) => void (at += ms) }
}

describe('the rate of messages', () => {
  it('lets a burst through, then no more', () => {
    const { mayTake } = clocked()
    const taken = Array.from({ length: 5000 }, () => mayTake(100)).filter(Boolean).length
    expect(taken).toBe(2000)
  })

  it('lets a steady user through for ever', () => {
    const { mayTake, wait } = clocked()
    for (let i = 0; i < 100_000; i++) {
      wait(2.5)
      expect(mayTake(1000)).toBe(true)
    }
  })

  it('counts bytes too', () => {
    const { mayTake, wait } = clocked()
    expect(mayTake(512 << 20)).toBe(true)
    expect(mayTake(1)).toBe(false)
    wait(1000)
    expect(mayTake(200 << 20)).toBe(true)
  })
})
