import type { AttributeValue } from '../../../twin/asset.ts'
import type { IfcModel } from './ifc-model.ts'
import { numberOf } from './ifc-model.ts'
import type { StepValue } from './step-values.ts'

/** What relationships say about products, looked up once for the whole model. */
export interface IfcRelations {
  /** Properties of a product and of its type, by name; a name used by two sets keeps the first. */
  propertiesOf(product: number): Record<string, AttributeValue>
  /** Properties of the set our own export makes; null where there is none. */
  ownPropertiesOf(product: number): Record<string, AttributeValue> | null
  /** The system a product belongs to: its name and predefined type. */
  systemOf(product: number): { readonly name: string; readonly type: string } | null
  materialOf(product: number): string
  /** Profile of the material set of a product or its type; 0 where there is none. */
  profileOf(product: number): number
  /** Products nested in a product (ports, strata). */
  nestedIn(product: number): readonly number[]
}

const MAX_PROPERTIES = 500

export function ifcRelations(model: IfcModel): IfcRelations {
  const by = (type: string, related: number, relating: number): Map<number, number[]> => {
    const map = new Map<number, number[]>()
    for (const relation of model.step.ofType(type)) {
      for (const product of model.references(relation, related)) map.set(product, [...(map.get(product) ?? []), model.reference(relation, relating)])
    }
    return map
  }
  const [sets, types, groups, materials] = [by('IFCRELDEFINESBYPROPERTIES', 4, 5), by('IFCRELDEFINESBYTYPE', 4, 5), by('IFCRELASSIGNSTOGROUP', 4, 6), by('IFCRELASSOCIATESMATERIAL', 4, 5)]
  const nested = new Map<number, readonly number[]>()
  for (const relation of model.step.ofType('IFCRELNESTS')) nested.set(model.reference(relation, 4), [...(nested.get(model.reference(relation, 4)) ?? []), ...model.references(relation, 5)])
  const typeOf = (product: number) => types.get(product)?.[0] ?? 0
  const materialsOf = (product: number) => [...(materials.get(product) ?? []), ...(materials.get(typeOf(product)) ?? [])]
  return {
    propertiesOf: product => {
      const type = typeOf(product)
      const definitions = [...(sets.get(product) ?? []), ...(type === 0 ? [] : model.references(type, 5))]
      const properties = readSets(model, definitions)
      return type === 0 ? properties : { ...properties, typeName: model.text(type, 2) || null }
    },
    ownPropertiesOf: product => {
      const own = sets.get(product)?.filter(set => model.text(set, 2) === 'Underplan') ?? []
      return own.length > 0 ? readSets(model, own) : null
    },
    systemOf: product => {
      const system = groups.get(product)?.find(group => /SYSTEM|CIRCUIT/.test(model.step.typeOf(group)))
      return system === undefined ? null : { name: model.text(system, 2), type: model.word(system, 6) }
    },
    materialOf: product => materialsOf(product).map(id => materialName(model, id, 0)).find(name => name !== '') ?? '',
    profileOf: product => materialsOf(product).map(id => profileIn(model, id, 0)).find(id => id !== 0) ?? 0,
    nestedIn: product => nested.get(product) ?? [],
  }
}

function readSets(model: IfcModel, definitions: readonly number[]): Record<string, AttributeValue> {
  const properties: [string, AttributeValue][] = []
  const names = new Set<string>(['__proto__'])
  for (const property of definitions.filter(id => model.step.typeOf(id) === 'IFCPROPERTYSET').flatMap(id => model.references(id, 4))) {
    const name = model.text(property, 0)
    if (name === '' || names.has(name) || properties.length >= MAX_PROPERTIES) continue
    names.add(name)
    properties.push([name, plain(model, model.attribute(property, 2))])
  }
  return Object.fromEntries(properties)
}

/** A property's value as an attribute: texts, numbers and yes or no; lists as their words. */
function plain(model: IfcModel, value: StepValue): AttributeValue {
  if (value === null || typeof value === 'number') return value
  if (typeof value === 'string') return model.mended(value).slice(0, 10_000)
  if (Array.isArray(value)) return (value as readonly StepValue[]).slice(0, 100).map(each => String(plain(model, each) ?? '')).join(', ')
  if ('word' in value) return value.word === 'T' || value.word === 'TRUE' ? true : value.word === 'F' || value.word === 'FALSE' ? false : value.word
  return 'type' in value ? (numberOf(value) ?? plain(model, value.value)) : null
}

function materialName(model: IfcModel, id: number, nesting: number): string {
  if (nesting > 4) return ''
  const type = model.step.typeOf(id)
  if (type === 'IFCMATERIAL') return model.text(id, 0)
  if (type === 'IFCMATERIALPROFILESETUSAGE' || type === 'IFCMATERIALLAYERSETUSAGE') return materialName(model, model.reference(id, 0), nesting + 1)
  if (type === 'IFCMATERIALPROFILESET') return materialName(model, model.references(id, 2)[0] ?? 0, nesting + 1)
  if (type === 'IFCMATERIALPROFILE') return materialName(model, model.reference(id, 2), nesting + 1)
  return ''
}

function profileIn(model: IfcModel, id: number, nesting: number): number {
  const type = model.step.typeOf(id)
  if (nesting > 4) return 0
  if (type === 'IFCMATERIALPROFILESETUSAGE') return profileIn(model, model.reference(id, 0), nesting + 1)
  if (type === 'IFCMATERIALPROFILESET') return profileIn(model, model.references(id, 2)[0] ?? 0, nesting + 1)
  return type === 'IFCMATERIALPROFILE' ? model.reference(id, 3) : 0
}
