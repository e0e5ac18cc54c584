/** Rule packs for tests: every kind of class condition, one-sided vertical cells, pairs without a cell. */
import type { OraclePack } from './types.ts'

/** A pack that the random networks exercise; `semantics` picks the way of testing, the rest stays. */
export function testPack(semantics: OraclePack['semantics'], changes: Partial<OraclePack> = {}): OraclePack {
  return {
    semantics, touchBandM: 0.001, crossingMinAngleDeg: 30, snapToleranceM: 0.01, alongsideMaxVerticalGapM: 3,
    classes: [
      { id: 'water_small', match: { kind: 'water', maxDiameterM: 0.2 } },
      { id: 'water_large', match: { kind: 'water', minDiameterM: 0.2 } },
      { id: 'water', match: { kind: 'water' } },
      { id: 'sewer', match: { kind: ['sewer_foul', 'sewer_storm'] } },
      { id: 'gas_low', match: { kind: 'gas', pressureClass: 'low' } },
      { id: 'gas_medium', match: { kind: 'gas', pressureClass: ['medium_a', 'medium_b'] } },
      { id: 'gas', match: { kind: 'gas' } },
      { id: 'power_direct', match: { kind: 'power', laying: 'direct' } },
      { id: 'power_high', match: { kind: 'power', minVoltageKv: 10, maxVoltageKv: 110 } },
      { id: 'power', match: { kind: 'power' } },
      { id: 'telecom', match: { kind: 'telecom' } },
    ],
    horizontal: [
      { a: 'water_small', b: 'sewer', minM: 1 }, { a: 'water_large', b: 'sewer', minM: 1.5 },
      { a: 'water', b: 'gas', minM: 0.5 }, { a: 'gas_medium', b: 'sewer', minM: 1.2 }, { a: 'gas_low', b: 'sewer', minM: 1 },
      { a: 'gas', b: 'gas', minM: 0.4 }, { a: 'gas', b: 'power', minM: 0.5 }, { a: 'gas', b: 'power_high', minM: 1 },
      { a: 'power', b: 'telecom', minM: 0.5 }, { a: 'power_direct', b: 'telecom', minM: 0.75 },
      { a: 'power', b: 'power', minM: 0.25 }, { a: 'water', b: 'power', minM: 0.5 },
    ],
    vertical: [
      { upper: 'water', lower: 'sewer', minM: 0.4 }, { upper: 'sewer', lower: 'water', minM: 0.6 },
      { upper: 'gas', lower: 'water', either: true, minM: 0.15 }, { upper: 'gas', lower: 'sewer', minM: 0.15 },
      { upper: 'power', lower: 'water', either: true, minM: 0.25 }, { upper: 'power_direct', lower: 'water', minM: 0.5 },
      { upper: 'power', lower: 'gas', either: true, minM: 0.3 }, { upper: 'telecom', lower: 'power', either: true, minM: 0.25 },
      { upper: 'telecom', lower: 'sewer', either: true, minM: 0.2 }, { upper: 'gas', lower: 'gas', minM: 0.15 },
      { upper: 'sewer', lower: 'sewer', minM: 0.15 },
    ],
    distance: [
      { a: 'water', b: 'sewer', minM: 0.4 }, { a: 'water', b: 'gas', minM: 0.3 }, { a: 'gas', b: 'sewer', minM: 0.5 },
      { a: 'gas', b: 'gas', minM: 0.2 }, { a: 'power', b: 'telecom', minM: 0.3 }, { a: 'power_high', b: 'gas', minM: 0.6 },
      { a: 'power', b: 'gas', minM: 0.3 }, { a: 'power', b: 'water', minM: 0.3 },
    ],
    ...changes,
  }
}
