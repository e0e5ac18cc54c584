import type { TFunction } from 'i18next'

/** Attributes this program writes; what a source calls its own stays as the source has it. */
const WORDED: readonly string[] = ['name', 'scheme', 'proposal', 'asBuilt', 'deviationPlanM', 'deviationLevelM', 'flowDirection', 'contains', 'material', 'note']
const WORDED_VALUES: Readonly<Record<string, readonly string[]>> = { asBuilt: ['designed'], flowDirection: ['with', 'against'] }

/** What an attribute is called. */
export const attributeName = (name: string, t: TFunction): string => (WORDED.includes(name) ? t(`ledger:attribute.${name}`) : name)

/** What an attribute says. */
export const attributeValue = (name: string, value: string | number | boolean, t: TFunction): string =>
  Object.hasOwn(WORDED_VALUES, name) && WORDED_VALUES[name]!.includes(String(value)) ? t(`ledger:attributeValue.${name}.${String(value)}`) : String(value)
