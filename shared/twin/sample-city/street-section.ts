import type { OuterSection } from '../asset.ts'
import type { AssetKind, Laying, PressureClass } from '../kinds.ts'

/**
 * Street cross-sections: who lies where. Plan order after GB 50289-2016 4.1.4 (power, telecom, water, gas, heat at the
 * sides; reclaimed, foul, storm towards the middle), horizontal distances after Table 4.1.9. Depths form bands, one per
 * kind, so that every crossing (street with street, service with main) keeps Table 4.1.14 with some 6 cm to spare.
 */
export type StreetClass = 'avenue' | 'street' | 'steps'

export interface StreetWidths {
  /** Half of the whole street, to the building plots. */
  readonly halfM: number
  /** Half of the carriageway; 0 for steps, which carry people only. */
  readonly kerbM: number
  readonly treeM: number
  readonly setbackM: number
}

export const WIDTHS: Readonly<Record<StreetClass, StreetWidths>> = {
  avenue: { halfM: 14, kerbM: 8, treeM: 8.5, setbackM: 3 },
  street: { halfM: 9, kerbM: 4.5, treeM: 5, setbackM: 3 },
  steps: { halfM: 4.5, kerbM: 0, treeM: 0, setbackM: 3 },
}

/** Depth of the axis below the street's surface, metres. */
export const AXIS_DEPTH_M = { power: 0.8, telecom: 1.36, gas: 1.79, water: 2.273, heat: 2.808, power110: 2.9, reclaimed: 3.44 } as const

/** Cover that sewers keep so that everything else passes above them: in mid-block, and where deep mains cross. */
export const SEWER_COVER_M = { usual: 2.9, underHeat: 3.18, underReclaimed: 3.98 } as const

export interface MainSpec {
  /** Distinguishes mains of one kind in one street. */
  readonly role: string
  readonly kind: AssetKind
  /** From the centre line, positive to the right of the street's direction. */
  readonly offsetM: number
  readonly depthM: number
  readonly section: OuterSection
  readonly laying: Laying
  readonly pressureClass?: PressureClass
  readonly voltageKv?: number
  readonly material: string
}

export interface SewerSpec {
  readonly kind: 'sewer_foul' | 'sewer_storm'
  readonly offsetM: number
  readonly outerRadiusM: number
  readonly material: string
}

const round = (diameterM: number): OuterSection => ({ shape: 'circle', diameterM })
const bank = (widthM: number, heightM: number): OuterSection => ({ shape: 'rectangle', widthM, heightM })

const power = (offsetM: number, widthM: number): MainSpec =>
  ({ role: 'power10', kind: 'power', offsetM, depthM: AXIS_DEPTH_M.power, section: bank(widthM, 0.28), laying: 'duct', voltageKv: 10, material: 'MPP' })
const telecom = (offsetM: number, widthM: number): MainSpec =>
  ({ role: 'telecom', kind: 'telecom', offsetM, depthM: AXIS_DEPTH_M.telecom, section: bank(widthM, 0.22), laying: 'duct', material: 'PVC-U' })
const water = (offsetM: number, diameterM: number): MainSpec =>
  ({ role: 'water', kind: 'water', offsetM, depthM: AXIS_DEPTH_M.water, section: round(diameterM), laying: 'direct', material: 'DI' })
const gas = (offsetM: number, diameterM: number, pressureClass: PressureClass): MainSpec =>
  ({ role: 'gas', kind: 'gas', offsetM, depthM: AXIS_DEPTH_M.gas, section: round(diameterM), laying: 'direct', pressureClass, material: pressureClass === 'medium_a' ? 'steel' : 'PE100' })

/** Mains that every street of the class carries. */
export const MAINS: Readonly<Record<StreetClass, readonly MainSpec[]>> = {
  avenue: [power(-13.3, 0.6), telecom(13.2, 0.42), water(-10.45, 0.326), gas(11.2, 0.219, 'medium_a')],
  street: [power(-8.3, 0.6), telecom(8.3, 0.42), water(-6.75, 0.222), gas(6.6, 0.16, 'medium_b')],
  steps: [telecom(3.1, 0.32), water(-3.1, 0.168)],
}

export const SEWERS: Readonly<Record<StreetClass, readonly SewerSpec[]>> = {
  avenue: [
    { kind: 'sewer_storm', offsetM: -0.3, outerRadiusM: 0.48, material: 'RC' },
    { kind: 'sewer_foul', offsetM: -2.6, outerRadiusM: 0.3, material: 'HDPE' },
  ],
  street: [
    { kind: 'sewer_storm', offsetM: 1.4, outerRadiusM: 0.36, material: 'RC' },
    { kind: 'sewer_foul', offsetM: -1.2, outerRadiusM: 0.2, material: 'HDPE' },
  ],
  steps: [
    { kind: 'sewer_storm', offsetM: 0.8, outerRadiusM: 0.25, material: 'RC' },
    { kind: 'sewer_foul', offsetM: -1, outerRadiusM: 0.18, material: 'HDPE' },
  ],
}

/** Extra mains of single avenues: they pass every node straight on, without branches into side streets. */
export const SPECIAL_MAINS = {
  heat: [{ role: 'heat', kind: 'heat', offsetM: 4.8, depthM: AXIS_DEPTH_M.heat, section: round(0.315), laying: 'direct', material: 'steel, PUR, HDPE casing' }],
  quay: [
    { role: 'reclaimed', kind: 'reclaimed', offsetM: -4.9, depthM: AXIS_DEPTH_M.reclaimed, section: round(0.16), laying: 'direct', material: 'PE100' },
    { role: 'power110', kind: 'power', offsetM: -12.1, depthM: AXIS_DEPTH_M.power110, section: bank(0.7, 0.3), laying: 'duct', voltageKv: 110, material: 'MPP in concrete' },
  ],
} as const satisfies Record<string, readonly MainSpec[]>
