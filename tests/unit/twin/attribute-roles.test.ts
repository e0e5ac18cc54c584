import { describe, expect, it } from 'vitest'
import { roleValue, yearOf } from '#shared/twin/attribute-roles.ts'

describe('the year in what a source wrote', () => {
  it.each([
    [1998, 1998], ['1998', 1998], ['1998年', 1998], ['1998-04-01', 1998], ['01/04/1998', 1998], ['19980401', 1998], ['Q3 2011', 2011],
    [0, null], ['', null], ['unknown', null], [12, null], ['99999999', null], [1700, null], [true, null], [null, null], ['2719', null],
  ])('%s gives %s', (given, year) => expect(yearOf(given)).toBe(year))
})

describe('the value of a role', () => {
  it('knows the names sources use, whatever the case and separators', () => {
    expect(roleValue({ Pipe_Material: ' PVC ' }, 'material')).toEqual({ name: 'Pipe_Material', value: 'PVC' })
    expect(roleValue({ cat_material: 'PE-HD', matcat_id: null }, 'material')?.value).toBe('PE-HD')
    expect(roleValue({ 材质: '球墨铸铁', code: 'JS' }, 'material')).toEqual({ name: '材质', value: '球墨铸铁' })
    expect(roleValue({ yearLaid: 2016 }, 'year')).toEqual({ name: 'yearLaid', value: '2016' })
    expect(roleValue({ 建设年代: '1986年' }, 'year')?.value).toBe('1986')
  })

  it('prefers the plainer name, and passes over one that says nothing', () => {
    expect(roleValue({ install_date: '2001-01-01', year: 1999 }, 'year')?.value).toBe('1999')
    expect(roleValue({ year: 0, install_date: '2001-01-01' }, 'year')?.value).toBe('2001')
    expect(roleValue({ material: '', mat: 'GG' }, 'material')?.value).toBe('GG')
    expect(roleValue({ yearly: 3, matter: 'x', material: null }, 'material')).toBeNull()
  })
})
