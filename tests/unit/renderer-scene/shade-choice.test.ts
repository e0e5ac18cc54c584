import { describe, expect, it } from 'vitest'
import { chosenStep, SHADE_STEPS, type ShadeStep } from '#renderer/scene/shade/shade-choice.ts'

const takes = (...milliseconds: number[]) => (step: ShadeStep) => milliseconds[SHADE_STEPS.indexOf(step)]!
const never = () => {
  throw new Error('measured where nothing is to be measured')
}

describe('shade in corners', () => {
  it('is as fine as the machine has time for, and left out where even the coarsest takes too long', () => {
    expect(chosenStep('auto', false, takes(1, 0.5, 0.2))).toBe(SHADE_STEPS[0])
    expect(chosenStep('auto', false, takes(9, 2, 1))).toBe(SHADE_STEPS[1])
    expect(chosenStep('auto', false, takes(40, 20, 10))).toBeNull()
  })

  it('is off where the processor draws, without trying', () => {
    expect(chosenStep('auto', true, never)).toBeNull()
    expect(chosenStep('off', false, never)).toBeNull()
  })

  it('is there when asked for, whatever it takes', () => {
    expect(chosenStep('on', true, never)).toBe(SHADE_STEPS.at(-1))
    expect(chosenStep('on', false, takes(40, 20, 10))).toBe(SHADE_STEPS.at(-1))
    expect(chosenStep('on', false, takes(9, 2, 1))).toBe(SHADE_STEPS[1])
  })
})
