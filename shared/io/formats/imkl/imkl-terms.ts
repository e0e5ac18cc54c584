import type { AssetKind, AssetStatus, NodeType } from '../../../twin/kinds.ts'

/** Lines of IMKL by the names of the Dutch model (KLIC), of the Flemish one (KLIP) and of INSPIRE, on which both stand. */
const LINE_KINDS: Readonly<Record<string, AssetKind>> = {
  Elektriciteitskabel: 'power', ElectricityCable: 'power', Telecommunicatiekabel: 'telecom', TelecommunicationsCable: 'telecom',
  OlieGasChemicalienPijpleiding: 'gas', OilGasChemicalsPipe: 'gas', Rioolleiding: 'sewer_combined', SewerPipe: 'sewer_combined',
  Waterleiding: 'water', WaterPipe: 'water', ThermischePijpleiding: 'heat', ThermalPipe: 'heat',
  Mantelbuis: 'unknown', Kabelbed: 'unknown', Duct: 'unknown', Pipe: 'unknown', Overig: 'unknown', OtherPipe: 'unknown',
}

/** Lines that hold others. */
const CONTAINERS: ReadonlySet<string> = new Set(['Mantelbuis', 'Kabelbed', 'Duct', 'Pipe'])

const POINT_TYPES: Readonly<Record<string, NodeType>> = {
  Mangat: 'manhole', Manhole: 'manhole', Kast: 'other', Cabinet: 'other', Mast: 'pole', Pole: 'pole', Toren: 'pole', Tower: 'pole', TechnischGebouw: 'chamber', Appurtenance: 'junction',
}

export const isLineClass = (name: string): boolean => Object.hasOwn(LINE_KINDS, name)
export const isPointClass = (name: string): boolean => Object.hasOwn(POINT_TYPES, name)
export const isContainer = (name: string): boolean => CONTAINERS.has(name)

/** Themes of the Dutch list and types of INSPIRE's, as the last part of their address. Sewers say what they carry elsewhere. */
const THEME_KINDS: readonly (readonly [RegExp, AssetKind])[] = [
  [/^gas/i, 'gas'], [/^(petrochemie|buisleidinggevaarlijkeinhoud|chemi|oil)/i, 'industrial'], [/spanning|^electricity/i, 'power'], [/^(datatransport|telecom)/i, 'telecom'],
  [/^(riool|sewer)/i, 'sewer_combined'], [/^(warmte|thermal)/i, 'heat'], [/^water/i, 'water'],
]

const SEWAGE_KINDS: Readonly<Record<string, AssetKind>> = { combined: 'sewer_combined', sanitary: 'sewer_foul', storm: 'sewer_storm', reclaimed: 'reclaimed' }

/** What a line carries: its own product, else its theme, else its class. */
export function kindOfLine(className: string, theme: string, sewage: string, product: string): AssetKind {
  const own = LINE_KINDS[className] ?? 'unknown'
  const themed = THEME_KINDS.find(([pattern]) => pattern.test(theme))?.[1]
  if (own === 'sewer_combined' || themed === 'sewer_combined') return Object.hasOwn(SEWAGE_KINDS, sewage) ? SEWAGE_KINDS[sewage]! : 'sewer_combined'
  if (own === 'gas') return product === '' ? (themed === 'industrial' ? 'industrial' : 'gas') : /gas/i.test(product) ? 'gas' : 'industrial'
  return own === 'unknown' ? (themed ?? 'unknown') : own
}

const NODE_WORDS: readonly (readonly [RegExp, NodeType])[] = [
  [/brandkraan|hydrant/i, 'hydrant'], [/afsluiter|klep|valve/i, 'valve'], [/pomp|gemaal|pump/i, 'pump'], [/kolk|gully/i, 'gully'], [/(riool|over)?uitlaat|lozing|outfall|overstort/i, 'outfall'],
  [/(inspectie)?put|manhole/i, 'manhole'], [/aansluiting|connection|meter/i, 'connection'], [/reservoir|tank|berging/i, 'tank'], [/lichtmast|mast|pole/i, 'pole'],
]

export const typeOfPoint = (className: string, appurtenance: string): NodeType => NODE_WORDS.find(([pattern]) => pattern.test(appurtenance))?.[1] ?? POINT_TYPES[className] ?? 'other'

/** INSPIRE ConditionOfFacilityValue. */
export const STATES: Readonly<Record<string, AssetStatus>> = { functional: 'in_use', disused: 'abandoned', decommissioned: 'abandoned', projected: 'planned', underConstruction: 'planned' }

/** Metres behind `tot30cm`, `tot100cm` … of the accuracy lists; undefined for `onbekend`. */
export function accuracyM(value: string): number | undefined {
  const cm = /^tot(\d{1,4})cm$/i.exec(value)?.[1]
  return cm === undefined ? undefined : Number(cm) / 100
}
