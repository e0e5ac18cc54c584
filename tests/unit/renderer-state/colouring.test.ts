import { describe, expect, it } from 'vitest'
import { colourClasses, legendRows } from '#renderer/state/colouring/colouring.ts'
import { COLOUR_BY, type ColourBy, type ColouringInput } from '#renderer/state/colouring/colour-classes.ts'
import { leastCover } from '#renderer/state/colouring/by-depth.ts'
import { ramp } from '#renderer/state/colouring/ramp.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import { anAsset } from '../../builders/twin-builder.ts'

/** Ground at level 0 over x, y from 0 to 100. */
const FLAT: GroundSurface = { type: 'grid', name: 'flat', cols: 2, rows: 2, cellSizeM: 100, x0: 0, y0: 0, z: new Float64Array(4) }
const round = (diameterM: number) => ({ shape: 'circle', diameterM }) as const
const columns = buildAssetColumns([
  anAsset({ id: 'a', kind: 'water', owner: 'Water', section: round(0.2), axis: [[0, 0, -1], [30, 0, -2]], accuracyPlanM: 0.05 }),
  anAsset({ id: 'b', kind: 'gas', owner: '', section: round(0.1), axis: [[0, 10, -0.5], [40, 10, -0.5]], status: 'abandoned', accuracyPlanM: 0.5 }),
  anAsset({ id: 'c', kind: 'gas', owner: 'Gas', section: round(0.1), axis: [[500, 10, -9], [560, 10, -9]], accuracyPlanM: 1.2 }),
], [0, 0, 0])
const input: ColouringInput = { columns, ground: FLAT, attribute: null, results: [] }
const classOf = (by: ColourBy, given: Partial<ColouringInput> = {}) => {
  const { classes, codes } = colourClasses(by, { ...input, ...given }, 'standard')
  return [...codes].map(code => classes[code]!.id)
}
const all = () => true

describe('lines by colour', () => {
  it('follow kind, owner, status and accuracy', () => {
    expect(classOf('kind')).toEqual(['water', 'gas', 'gas'])
    expect(classOf('owner')).toEqual(['owner:Water', 'unknown', 'owner:Gas'])
    expect(classOf('status')).toEqual(['in_use', 'abandoned', 'in_use'])
    expect(classOf('quality')).toEqual(['plan:0', 'plan:3', 'plan:5'])
  })

  it('take the least cover along them, from the crown, and none where there is no ground', () => {
    // 1 m to the axis less 0.1 m; 0.5 less 0.05; no ground at x = 500.
    expect([...leastCover(input)]).toEqual([expect.closeTo(0.9, 6), expect.closeTo(0.45, 6), NaN])
    expect(classOf('depth')).toEqual(['cover:1', 'cover:0', 'unknown'])
  })

  it('follow year by decade and material by name, unknown where the source is silent', () => {
    const year = { role: 'year', names: ['year'], values: ['1987', '2003'], codes: Uint32Array.of(1, 0, 2) } as const
    expect(classOf('age', { attribute: { ...year, names: ['year'], values: [...year.values] } })).toEqual(['decade:1980', 'unknown', 'decade:2000'])
    expect(classOf('material', { attribute: { role: 'material', names: ['mat'], values: ['PE', 'GG'], codes: Uint32Array.of(2, 1, 1) } })).toEqual(['material:GG', 'material:PE', 'material:PE'])
    expect(classOf('age')).toEqual(['unknown', 'unknown', 'unknown'])
  })

  it('put decades before the eighth newest together', () => {
    const values = Array.from({ length: 12 }, (_, i) => String(1900 + 10 * i))
    const { classes } = colourClasses('age', { ...input, attribute: { role: 'year', names: ['year'], values, codes: Uint32Array.of(1, 2, 12) } }, 'standard')
    expect(classes.map(({ id }) => id)).toEqual(['decade:2010', 'decade:2000', 'decade:1990', 'decade:1980', 'decade:1970', 'decade:1960', 'decade:1950', 'decade:1940', 'unknown'])
  })

  it('say that nothing was checked rather than that nothing was found', () => expect(classOf('findings')).toEqual(['neutral', 'neutral', 'neutral']))
})

describe('legends', () => {
  it.each(COLOUR_BY)('by %s count every line once, and only what is shown', by => {
    const classes = colourClasses(by, input, 'colour_blind')
    const rows = legendRows(columns, classes, all)
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(3)
    expect(rows.reduce((sum, row) => sum + row.lengthM, 0)).toBeCloseTo(Math.hypot(30, 1) + 40 + 60, 9)
    const shown = legendRows(columns, classes, kind => kind !== 'gas')
    expect(shown.map(row => row.count)).toEqual([1])
  })

  it('never use one colour for two classes of a scheme', () => {
    for (const by of COLOUR_BY) {
      for (const palette of ['standard', 'colour_blind'] as const) {
        const { classes } = colourClasses(by, input, palette)
        expect(new Set(classes.map(({ colour }) => colour)).size, `${by} ${palette}`).toBeGreaterThanOrEqual(classes.length - 1)
      }
    }
  })
})

/** Relative luminance (WCAG). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

it.each(['standard', 'colour_blind'] as const)('the %s scale falls steadily in lightness, so that its order survives any colour vision', palette => {
  const lights = ramp(palette, 9).map(luminance)
  for (let i = 1; i < lights.length; i++) expect(lights[i]!).toBeLessThan(lights[i - 1]!)
})
