/** What a dragged vertex is led to. `label`: the line meant, empty where none is; `amount`: metres, of a fall per mille. */
export interface Stop {
  /** Level of the axis, or way to the right in a cross-section; local frame, metres. */
  readonly at: number
  readonly target: 'over' | 'under' | 'parallel' | 'beside_kerb' | 'cover' | 'least_cover' | 'joint' | 'straight_fall' | 'even_fall' | 'fixed_fall' | 'level' | 'vertex_level' | 'slot' | 'own_level' | 'own_place'
  readonly label: string
  readonly amount: number
}

/** Spare beside a required distance, so that rounding breaks no limit: half a millimetre. */
export const SPARE_M = 0.0005

/** The stop nearest to a place within the tolerance; of equally near ones the first. */
export function nearestStop(stops: readonly Stop[], at: number, toleranceM: number): Stop | null {
  return stops.reduce<Stop | null>((best, stop) => (Math.abs(stop.at - at) <= (best ? Math.abs(best.at - at) - 1e-9 : toleranceM) ? stop : best), null)
}
