import type { LimitLookup } from '../../rules/limit-lookup.ts'
import type { RulePack } from '../../rules/rule-pack.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import { planReachM } from '../prepare.ts'
import { leastSine } from '../worlds/world.ts'

const NO_WIDTHS: ReadonlyMap<number, number> = new Map()

/** An asset laid over the network. */
export interface LaidAsset {
  readonly group: number
  readonly signature: number
  readonly halfWidthM: number
}

/**
 * How long the longest zone on lines of a kind and owner may be: its widest asset of each signature against the widest
 * of all, at the greatest limit the signature has, and the flattest angle.
 */
export class ZoneLengths {
  readonly #limits: LimitLookup
  readonly #pack: RulePack
  readonly #widestOf = new Map<number, Map<number, number>>()
  readonly #reachOf: number[] = []
  #widestM = 0

  constructor(limits: LimitLookup, pack: RulePack, { assetCount, group, signature, halfWidthM }: ClearanceNetwork) {
    this.#limits = limits
    this.#pack = pack
    for (let a = 0; a < assetCount; a++) {
      // Ledgers are written sort by sort: most assets are as wide as the one before them.
      if (a > 0 && group[a] === group[a - 1] && signature[a] === signature[a - 1] && halfWidthM[a]! <= halfWidthM[a - 1]!) continue
      let widths = this.#widestOf.get(group[a]!)
      if (!widths) this.#widestOf.set(group[a]!, (widths = new Map()))
      if (!(widths.get(signature[a]!)! >= halfWidthM[a]!)) widths.set(signature[a]!, halfWidthM[a]!)
      this.#widestM = Math.max(this.#widestM, halfWidthM[a]!)
    }
  }

  /**
   * @param other Kind and owner of the lines that the zones come from; null for any.
   * @param laid A route that is one more of its kind and owner.
   */
  of(group: number, other: number | null, laid: LaidAsset | null = null): number {
    return (other === null ? this.#toAny(group, laid) : this.#between(group, other, laid)) / leastSine(this.#pack)
  }

  #toAny(group: number, laid: LaidAsset | null): number {
    let reachM = laid?.group === group ? this.#reach(laid.signature) + laid.halfWidthM : 0
    for (const [signature, halfM] of this.#widestOf.get(group) ?? NO_WIDTHS) {
      const reach = laid ? Math.max(this.#reach(signature), planReachM(this.#limits, this.#pack, signature, laid.signature)) : this.#reach(signature)
      reachM = Math.max(reachM, reach + halfM)
    }
    return reachM + Math.max(this.#widestM, laid?.halfWidthM ?? 0)
  }

  #between(group: number, other: number, laid: LaidAsset | null): number {
    const widths = this.#widestOf.get(group) ?? NO_WIDTHS
    const others = this.#widestOf.get(other) ?? NO_WIDTHS
    let reachM = 0
    for (const [signature, halfM] of widths) reachM = Math.max(reachM, this.#reachTo(signature, halfM, others))
    if (laid?.group === group) reachM = Math.max(reachM, this.#reachTo(laid.signature, laid.halfWidthM, others))
    if (laid?.group === other) reachM = Math.max(reachM, this.#reachTo(laid.signature, laid.halfWidthM, widths))
    return reachM
  }

  /** From a line to any of those of some signatures. */
  #reachTo(signature: number, halfM: number, others: ReadonlyMap<number, number>): number {
    let reachM = 0
    for (const [otherSignature, otherHalfM] of others) reachM = Math.max(reachM, planReachM(this.#limits, this.#pack, signature, otherSignature) + halfM + otherHalfM)
    return reachM
  }

  #reach(signature: number): number {
    let reach = this.#reachOf[signature]
    if (reach === undefined) {
      reach = 0
      for (let other = 0; other < this.#limits.signatureCount; other++) reach = Math.max(reach, planReachM(this.#limits, this.#pack, signature, other))
      this.#reachOf[signature] = reach
    }
    return reach
  }
}
