/** What of the network is asked about; everything where nothing is said. Masks have one byte per asset. */
export interface CheckSelection {
  /** Pairs with at least one of these. */
  readonly involving?: Uint8Array
  /** Pairs with one of a and one of b. */
  readonly sets?: { readonly a: Uint8Array; readonly b: Uint8Array }
}

export interface Asks {
  /** Everything is asked. */
  readonly isWhole: boolean
  /** Whether pairs may be an asset's own: of two such, of the first. */
  isDriver(asset: number): boolean
  isAsked(a: number, b: number): boolean
  /** Of a line by itself. */
  isCoverAsked(asset: number): boolean
}

export function askedPairs({ involving, sets }: CheckSelection): Asks {
  const isInvolved = (a: number): boolean => !involving || involving[a] === 1
  const inSets = (a: number): boolean => !sets || sets.a[a] === 1 || sets.b[a] === 1
  return {
    isWhole: !involving && !sets,
    isDriver: a => isInvolved(a) && inSets(a),
    isAsked: (a, b) => !sets || (sets.a[a] === 1 && sets.b[b] === 1) || (sets.a[b] === 1 && sets.b[a] === 1),
    // Sets ask about each other, not about the ground.
    isCoverAsked: a => !sets && isInvolved(a),
  }
}
