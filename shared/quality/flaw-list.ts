import type { Vec3 } from '../twin/asset.ts'
import { FLAW_CODES, type FlawCode, type Flaws } from './quality-report.ts'

interface Flaw {
  readonly code: number
  readonly asset: number
  readonly other: number
  readonly at: Vec3
  readonly value: number
}

/** Collects flaws and packs them, in an order that does not hang on how they were found. */
export class FlawList {
  readonly #flaws: Flaw[] = []

  add(code: FlawCode, asset: number, at: Vec3, value = NaN, other = -1): void {
    this.#flaws.push({ code: FLAW_CODES.indexOf(code), asset, other, at, value })
  }

  pack(): Flaws {
    const sorted = this.#flaws.sort((a, b) => a.code - b.code || a.asset - b.asset || a.other - b.other || a.at[0] - b.at[0] || a.at[1] - b.at[1] || a.at[2] - b.at[2])
    return {
      count: sorted.length,
      code: Uint8Array.from(sorted, flaw => flaw.code),
      asset: Uint32Array.from(sorted, flaw => flaw.asset),
      other: Int32Array.from(sorted, flaw => flaw.other),
      xyz: Float64Array.from(sorted.flatMap(flaw => [...flaw.at])),
      value: Float64Array.from(sorted, flaw => flaw.value),
    }
  }
}
