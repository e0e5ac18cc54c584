import { expect, it } from 'vitest'
import { safeDigM } from '#shared/excavation/safe-dig.ts'

it('keeps power tools half a metre from everything and three metres from gas under high pressure', () => {
  expect(safeDigM('water', null)).toBe(0.5)
  expect(safeDigM('gas', 'low')).toBe(0.5)
  expect(safeDigM('gas', null)).toBe(0.5)
  expect(safeDigM('gas', 'high')).toBe(3)
})
