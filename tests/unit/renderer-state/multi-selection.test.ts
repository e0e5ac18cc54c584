import { beforeEach, expect, it } from 'vitest'
import { addToSelection, extendSelection, MOST_SELECTED } from '#renderer/state/app/multi-selection.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const row = (count: number) => buildAssetColumns(Array.from({ length: count }, (_, i) => anAsset({ id: `A${i}`, axis: [[10 * i, 0, -1], [10 * i + 8, 0, -1]] })), [0, 0, 0])
const held = () => {
  const { selection, alsoSelected } = sessionStore.getState()
  return [selection, ...alsoSelected].map(ref => ref?.id)
}

beforeEach(() => sessionStore.setState({ selection: null, alsoSelected: [] }))

it('adds what lies in a place to what is selected, each once, and what is not shown not at all', () => {
  const columns = row(6)
  expect(addToSelection(columns, x => x <= 10, () => true)).toBe(2)
  expect(held()).toEqual(['A0', 'A1'])
  expect(addToSelection(columns, x => x >= 9 && x <= 31, asset => asset !== 2)).toBe(2)
  expect(held()).toEqual(['A0', 'A1', 'A3'])
})

it('knows a line by the middle of a segment that leaps over the place, and leaves the selection where nothing is', () => {
  const columns = row(3)
  expect(addToSelection(columns, x => x > 13.5 && x < 14.5, () => true)).toBe(1)
  expect(addToSelection(columns, () => false, () => true)).toBe(0)
  expect(held()).toEqual(['A1'])
})

it('holds so many and no more, and says how many there were', () => {
  expect(addToSelection(row(MOST_SELECTED + 20), () => true, () => true)).toBe(MOST_SELECTED + 20)
  expect(held()).toHaveLength(MOST_SELECTED)
})

it('goes with what it was selected beside: another thing chosen alone stands alone, one added to it does not', () => {
  const ref = (id: string) => ({ type: 'asset', id }) as const
  sessionStore.setState({ selection: ref('A0') })
  extendSelection(ref('A1'))
  extendSelection(ref('A2'))
  expect(held().sort()).toEqual(['A0', 'A1', 'A2'])
  extendSelection(ref('A1'))
  expect(held().sort()).toEqual(['A0', 'A2'])
  sessionStore.setState({ selection: ref('A5') })
  expect(held()).toEqual(['A5'])
})
