import type { TFunction } from 'i18next'
import type { Owner } from '#shared/register/owner.ts'

/** In the order of the sheet's columns; their headings are those that the import knows. */
export const OWNER_FIELDS = ['name', 'aliases', 'contact', 'phone', 'emergencyPhone', 'address', 'duty', 'kinds', 'notes'] as const

/** The register as a sheet, which can be imported again. */
export function ownersSheet(owners: readonly Owner[], t: TFunction): string {
  const cell = (owner: Owner, field: (typeof OWNER_FIELDS)[number]): string =>
    field === 'aliases' ? owner.aliases.join('、') : field === 'kinds' ? owner.kinds.map(kind => t(`kinds:kind.${kind}`)).join('、') : owner[field]
  return [OWNER_FIELDS.map(field => t(`owners:field.${field}`)), ...owners.map(owner => OWNER_FIELDS.map(field => cell(owner, field).replace(/[\t\r\n]+/g, ' ')))].map(row => row.join('\t')).join('\n')
}
