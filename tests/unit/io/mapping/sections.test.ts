import { describe, expect, it } from 'vitest'
import type { LayerMapping } from '#shared/io/mapping.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { codesOf, line } from '../geojson-source.ts'
import { importFeatures, X, Y } from './mapped.ts'

type Size = LayerMapping['size']
const NONE: Size = { field: 's', heightField: null, widthField: null, shapeField: null, unit: 'm', dimension: 'outer', wallField: null, wallUnit: 'mm', fallbackDiameterM: 0.25 }

function section(properties: Record<string, unknown>, size: Partial<Size>) {
  const result = importFeatures([line([[X, Y, 5], [X + 10, Y, 5]], properties)], { kind: { fallback: 'water' }, size: { ...NONE, ...size }, level: { source: 'geometry', reference: 'axis' } })
  const asset = result.value.assets[0]
  const round = (value: number) => Math.round(value * 1e9) / 1e9
  const outer = asset && (asset.section.shape === 'circle' ? [round(asset.section.diameterM)] : [round(asset.section.widthM), round(asset.section.heightM)])
  return { outer, assumed: asset?.assumed, codes: codesOf(result) }
}

describe('sizes become outer sections in metres', () => {
  it.each<[Record<string, unknown>, Partial<Size>, number[]]>([
    [{ s: 0.3 }, {}, [0.3]],
    [{ s: 300 }, { unit: 'mm' }, [0.3]],
    [{ s: 30 }, { unit: 'cm' }, [0.3]],
    [{ s: 12 }, { unit: 'in' }, [0.3048]],
    [{ s: 1 }, { unit: 'ft' }, [0.3048]],
    [{ s: '300' }, { unit: 'mm' }, [0.3]],
    [{ s: 'DN300' }, { unit: 'mm' }, [0.3]],
    [{ s: 'Φ500' }, { unit: 'mm' }, [0.5]],
    [{ s: '600X400' }, { unit: 'mm' }, [0.6, 0.4]],
    [{ s: '600×400' }, { unit: 'mm' }, [0.6, 0.4]],
    [{ s: 2, h: 1.5 }, { heightField: 'h' }, [2, 1.5]],
    [{ s: 2, h: 0 }, { heightField: 'h' }, [2]],
    // Giswater and SWMM: first the height, then the width.
    [{ s: 1.5, w: 1 }, { widthField: 'w' }, [1, 1.5]],
    [{ s: 0.4, w: 0 }, { widthField: 'w' }, [0.4]],
    // A circle stays a circle whatever the second figure says; an egg is the rectangle around it.
    [{ s: 0.4, w: 0.4, k: 'CIRCULAR' }, { widthField: 'w', shapeField: 'k' }, [0.4]],
    [{ s: 1.5, w: 1, k: 'EGG' }, { widthField: 'w', shapeField: 'k' }, [1, 1.5]],
    // Inner sizes grow by the wall on either side: 400 + 2 · 35; without one by a tenth: 0.4 + 2 · 0.04.
    [{ s: 400, t: 35 }, { unit: 'mm', dimension: 'inner', wallField: 't' }, [0.47]],
    [{ s: 0.4 }, { dimension: 'inner' }, [0.48]],
    [{ s: 1, w: 2 }, { dimension: 'inner', widthField: 'w' }, [2.4, 1.4]],
  ])('%j with %j', (properties, size, outer) => {
    expect(section(properties, size).outer).toEqual(outer)
  })

  it('marks an assumed wall, not a stated one', () => {
    expect(section({ s: 0.4 }, { dimension: 'inner' })).toMatchObject({ assumed: ASSUMED.wall })
    expect(section({ s: 0.4, t: 40 }, { dimension: 'inner', wallField: 't' })).toMatchObject({ assumed: 0 })
    expect(section({ s: 0.4 }, { dimension: 'inner' }).codes).toContain('wall_assumed')
  })

  it.each([[{}], [{ s: null }], [{ s: 0 }], [{ s: -3 }], [{ s: 'unknown' }], [{ s: '' }]])('assumes a size for %j and marks it', properties => {
    expect(section(properties, {})).toMatchObject({ outer: [0.25], assumed: ASSUMED.size })
    expect(section(properties, {}).codes).toContain('size_missing')
  })

  it('leaves out an asset without a size only where the mapping says so', () => {
    expect(section({ s: 0 }, { fallbackDiameterM: null })).toMatchObject({ outer: undefined })
    expect(section({ s: 0 }, { fallbackDiameterM: null }).codes).toContain('size_missing')
  })

  it('suspects the unit of a size no pipe has', () => {
    expect(section({ s: 300 }, { unit: 'cm' })).toMatchObject({ outer: [3] })
    expect(section({ s: 900 }, { unit: 'cm' }).codes).toContain('unit_suspect')
    expect(section({ s: 300 }, { unit: 'm' })).toMatchObject({ outer: [0.25], assumed: ASSUMED.size })
    expect(section({ s: 300 }, { unit: 'm' }).codes).toEqual(expect.arrayContaining(['unit_suspect', 'size_missing']))
    expect(section({ dia_cm: 300 }, { field: 'dia_cm', unit: 'mm' }).codes).toContain('unit_suspect')
  })
})
