import { describe, expect, it } from 'vitest'
import { verticesFromSheet, verticesToSheet } from '#renderer/state/scheme/vertex-sheet.ts'

describe('vertices from a sheet', () => {
  it.each([
    ['tabs and a heading', 'X\tY\tLevel\n1\t2\t3\n4\t5\t6\n'],
    ['semicolons and decimal commas', '1,0;2,0;3,0\r\n4;5;6'],
    ['blanks', '1 2 3\n4  5 6'],
    ['commas', '1,2,3\n4, 5, 6'],
    ['further columns', '1\t2\t3\tMH-1\n4\t5\t6\tMH-2'],
  ])('are read with %s', (_, text) => expect(verticesFromSheet(text)).toEqual({ axis: [[1, 2, 3], [4, 5, 6]] }))

  it.each([
    ['1\t2\t3', { code: 'tooFew', row: 0 }], ['1\t2\n3\t4', { code: 'columns', row: 1 }], ['X\tY\tZ\n1\t2\t3\n4\tfive\t6', { code: 'figure', row: 3 }],
  ])('say what is wrong with %j', (text, problem) => expect(verticesFromSheet(text)).toEqual(problem))

  it('come back as they were copied', () => {
    const axis = [[500_000.125, 3_000_000.5, 198.25], [500_010, 3_000_000, 198]] as const
    expect(verticesFromSheet(verticesToSheet(axis, ['X', 'Y', 'Level']))).toEqual({ axis })
  })
})
