import { describe, expect, it } from 'vitest'
import { BLANK_OWNER, mergedByOwner, ownerDirectory, type Owner } from '#shared/register/owner.ts'

const owner = (fields: Partial<Owner>): Owner => ({ ...BLANK_OWNER, ...fields })

describe('the directory of owners', () => {
  const gas = owner({ name: '某市燃气（集团）', aliases: ['燃气集团', 'City Gas'], phone: '023-1' })
  const directory = ownerDirectory([gas, owner({ name: '水务公司' }), owner({ name: 'City Gas' })])

  it.each([['某市燃气（集团）', gas.name], ['某市燃气(集团)', gas.name], [' 某市 燃气（集团） ', gas.name], ['燃气集团', gas.name], ['水务公司', '水务公司']])('%s means %s', (written, name) => {
    expect(directory.nameOf(written)).toBe(name)
  })

  it('a body of that very name comes before another that claims it', () => {
    expect(directory.find('CITY GAS')).toMatchObject({ name: 'City Gas', aliases: [] })
  })

  it('leaves a name that nobody registered as it is, and the empty one empty', () => {
    expect([directory.find('电力公司'), directory.nameOf(' 电力公司 '), directory.find(''), directory.nameOf('')]).toEqual([null, '电力公司', null, ''])
  })

  it('puts what belongs to one body together; the unknown comes last', () => {
    const parts = [{ owner: '', assets: ['x'] }, { owner: '燃气集团', assets: ['a'] }, { owner: '水务公司', assets: ['w'] }, { owner: gas.name, assets: ['b'] }]
    expect(mergedByOwner(parts, directory)).toEqual([{ owner: gas.name, assets: ['a', 'b'] }, { owner: '水务公司', assets: ['w'] }, { owner: '', assets: ['x'] }])
  })
})
