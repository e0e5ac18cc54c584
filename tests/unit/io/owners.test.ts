import { describe, expect, it } from 'vitest'
import { ownersSheet } from '#renderer/dialogs/owners/owners-sheet.ts'
import { loadMessages } from '#main/services/messages.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { writeXlsx } from '#shared/io/export/write-xlsx.ts'
import { SourceRefused } from '#shared/io/issue-log.ts'
import { readOwners } from '#shared/io/owners/read-owners.ts'
import { BLANK_OWNER, ownerSchema, type Owner } from '#shared/register/owner.ts'
import { seededRandom } from '#shared/core/random.ts'
import { mutate } from './mutate.ts'

const MUTANTS = Number(process.env['UNDERPLAN_MUTANTS'] ?? 400)
const read = (name: string, bytes: Uint8Array | string) => readOwners({ name, bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes }, unattendedJob)
const ROWS = [
  ['序号', '权属单位', '简称', '联系人', '联系电话', '24小时抢修电话', '地址', '管理职责', '管线种类', '备注'],
  ['1', '某市燃气集团', '燃气集团、City Gas', '张工', '023-8888 0001', '023-96777', '渝中区1号', '市政燃气管道', '燃气', '=1+1'],
  ['2', '', '', '无名', '', '', '', '', '', ''],
  ['3', '某市水务公司', '', '李工', '023-8888 0002', '', '', '给水、再生水', '给水、再生水、某种', ''],
  ['4', '某市水务 公司', '水务', '', '', '023-96123', '', '', '', ''],
]
const GAS = { name: '某市燃气集团', aliases: ['燃气集团', 'City Gas'], contact: '张工', phone: '023-8888 0001', emergencyPhone: '023-96777', address: '渝中区1号', duty: '市政燃气管道', kinds: ['gas'], notes: '=1+1' }
const WATER = { ...BLANK_OWNER, name: '某市水务公司', aliases: ['水务'], contact: '李工', phone: '023-8888 0002', emergencyPhone: '023-96123', duty: '给水、再生水', kinds: ['water', 'reclaimed'] }
const csv = ROWS.map(row => row.join(',')).join('\r\n')

describe('a table of owners', () => {
  it.each([
    ['CSV', 'o.csv', `某市权属单位名录\r\n${csv}`],
    ['a workbook', 'o.xlsx', writeXlsx([{ name: '说明', columns: [{ title: '请按下表填写' }], rows: [] }, { name: '名录', columns: ROWS[0]!.map(title => ({ title })), rows: ROWS.slice(1) }])],
  ])('is read from %s: rows of one name joined, what is unknown told', (_, name, bytes) => {
    const { value, issues } = read(name, bytes)
    expect(value).toEqual([GAS, WATER])
    expect(issues.map(({ code }) => code)).toEqual(['owner_missing', 'kind_unknown'])
  })

  it.each(['zh-CN', 'en'] as const)('copied out of the app and read again is the same (%s)', async language => {
    const owners = [GAS, { ...WATER, kinds: ['sewer_foul', 'sewer_storm', 'sewer_combined', 'power', 'telecom', 'heat', 'industrial', 'tunnel', 'trench'] }] as Owner[]
    expect(read('o.txt', ownersSheet(owners, await loadMessages(language))).value).toEqual(owners)
  })

  it.each(['', 'a,b\n1,2', '联系人,电话\n张工,1'])('without the name of an owner is refused: %j', text => {
    expect(() => read('x.csv', text)).toThrow(SourceRefused)
  })

  it('mutants, seed 20261127: refused whole, or owners that fit the register', () => {
    const [encoder, random] = [new TextEncoder(), seededRandom(20_261_127)]
    const pieces = [',', '"', '\r\n', '权属单位', '__proto__'].map(piece => encoder.encode(piece))
    let whole = 0
    for (let n = 0; n < MUTANTS; n++) {
      try {
        const { value } = read('m.csv', mutate(encoder.encode(csv), pieces, random))
        for (const owner of value) ownerSchema.parse(owner)
        whole++
      } catch (cause) {
        expect(cause).toBeInstanceOf(SourceRefused)
      }
    }
    expect(whole).toBeGreaterThan(0)
    if (process.env['UNDERPLAN_MUTANTS'] !== undefined) process.stdout.write(`owners: ${MUTANTS} mutants, ${MUTANTS - whole} refused, ${whole} read\n`)
  })
})
