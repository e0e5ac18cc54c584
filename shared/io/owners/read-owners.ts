import type { JobControl } from '../../core/job.ts'
import { BLANK_OWNER, ownerKey, ownerSchema, type Owner } from '../../register/owner.ts'
import { ASSET_KINDS, type AssetKind } from '../../twin/kinds.ts'
import { readCsv } from '../formats/table/read-csv.ts'
import { readXlsx } from '../formats/table/read-xlsx.ts'
import { headed, type HeadedTable } from '../formats/table/table.ts'
import { IssueLog, SourceRefused } from '../issue-log.ts'
import { kindMeaning } from '../propose/word-lists.ts'
import { DEFAULT_IMPORT_LIMITS, type SourceFile, type WithIssues } from '../source.ts'

/** Headings of a table of owners in Chinese and English, each pattern anchored. */
const HEADINGS = {
  name: /^(权属单位(名称)?|单位(名称)?|产权单位|名称|owner|name|organi[sz]ation|company)$/,
  aliases: /^(别名|曾用名|简称|其他名称|alias(es)?|other names?|short name)$/,
  contact: /^(联系人|负责人|责任人|contact( person)?|person)$/,
  phone: /^(联系)?(电话|手机|联系方式)$|^(phone|telephone|tel|mobile)$/,
  emergencyPhone: /^(24小时|应急|抢修|抢险|值班|急修)(值班|抢修|联系)?(电话|热线)$|^(emergency( phone| line)?|hotline|24 ?h( phone)?)$/,
  address: /^(单位|联系|通讯)?地址$|^address$/,
  duty: /^(职责|管理职责|责任|责任范围|duty|duties|responsib(le for|ility))$/,
  kinds: /^(管线(种类|类别|类型)|管理管线|专业|kinds?|utilit(y|ies)|pipelines?)$/,
  notes: /^(备注|说明|notes?|remarks?)$/,
} as const
type Heading = keyof typeof HEADINGS

const MAX_OWNERS = 10_000

/** One row above its fields: the longest that the register keeps. */
const LONGEST: Readonly<Record<Exclude<Heading, 'kinds' | 'aliases'>, number>> = { name: 200, contact: 200, phone: 200, emergencyPhone: 200, address: 500, duty: 2000, notes: 5000 }

/**
 * Reads a table of owners (权属单位名录) from CSV or a workbook: the first sheet with a heading for the name. Rows of one name
 * are put together; a row without a name is told and left out.
 * @throws SourceRefused no such table, or more rows than a register holds.
 */
export function readOwners(file: SourceFile, job: JobControl): WithIssues<readonly Owner[]> {
  const log = new IssueLog()
  const isWorkbook = file.bytes[0] === 0x50 && file.bytes[1] === 0x4b
  const tables = isWorkbook ? readXlsx(file, DEFAULT_IMPORT_LIMITS, job, log) : [readCsv(file, DEFAULT_IMPORT_LIMITS, log)]
  for (const table of tables) {
    const found = headed(table, names => (namesAOwner(names) ? headingsOf(names).size : 0))
    if (found) return { value: ownersOf(found, log), issues: log.issues }
  }
  throw new SourceRefused('schema_invalid', { problem: 'table_columns', needed: '权属单位 / owner' })
}

const namesAOwner = (names: readonly string[]): boolean => headingsOf(names).has('name')

function headingsOf(names: readonly string[]): Map<Heading, string> {
  const found = new Map<Heading, string>()
  for (const [heading, pattern] of Object.entries(HEADINGS) as [Heading, RegExp][]) {
    const name = names.find(said => pattern.test(said.normalize('NFKC').trim().toLowerCase()))
    if (name !== undefined) found.set(heading, name)
  }
  return found
}

function ownersOf({ name: table, columns, records }: HeadedTable, log: IssueLog): Owner[] {
  if (records.length > MAX_OWNERS) throw new SourceRefused('outside_limits', { problem: 'features', limit: MAX_OWNERS })
  const headings = headingsOf(columns)
  const owners = new Map<string, Owner>()
  for (const { row, values } of records) {
    const cell = (heading: Heading): string => values[headings.get(heading) ?? ''] ?? ''
    const ref = `${table}#${row}`
    if (ownerKey(cell('name')) === '') {
      log.add('owner_missing', 'warning', ref)
      continue
    }
    const read = rowOwner(cell, ref, log)
    const known = owners.get(ownerKey(read.name))
    owners.set(ownerKey(read.name), known ? joined(known, read) : read)
  }
  return [...owners.values()]
}

function rowOwner(cell: (heading: Heading) => string, ref: string, log: IssueLog): Owner {
  const texts = Object.fromEntries(Object.entries(LONGEST).map(([heading, longest]) => [heading, cell(heading as Heading).slice(0, longest)]))
  const kinds = listed(cell('kinds')).flatMap((said): AssetKind[] => {
    const kind = ASSET_KINDS.find(known => known === said) ?? kindMeaning(said)
    if (!kind) log.add('kind_unknown', 'warning', ref, { value: said.slice(0, 50) })
    return kind ? [kind] : []
  })
  return ownerSchema.parse({ ...BLANK_OWNER, ...texts, aliases: listed(cell('aliases')).map(alias => alias.slice(0, 200)).slice(0, 100), kinds: [...new Set(kinds)] })
}

const listed = (text: string): string[] => text.split(/[、,，;；/|\n]+/).map(part => part.trim()).filter(part => part !== '')

/** A body listed once per kind or per contact: what the first row leaves open the later ones fill, lists add up. */
const joined = (first: Owner, next: Owner): Owner => ({
  ...first,
  aliases: [...new Set([...first.aliases, ...next.aliases])].slice(0, 100), kinds: [...new Set([...first.kinds, ...next.kinds])],
  ...Object.fromEntries((['contact', 'phone', 'emergencyPhone', 'address', 'duty', 'notes'] as const).map(field => [field, first[field] || next[field]])),
})
