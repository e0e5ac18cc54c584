/** More than anybody could read, and about what memory takes: such a network is wrong as a whole. */
export const MOST_CONFLICTS = 4_000_000

/** What one end may touch: so many lines through one point are more conflicts than that, and no network has them. */
export const MOST_AT_ONE_POINT = 4000

/** The data lie on top of each other: what is asked for is more than can be told. Worded by the catalogues. */
export class ClearanceOverload extends Error {
  override readonly name = 'ClearanceOverload'
  /** There are more conflicts than this. */
  readonly most = MOST_CONFLICTS
  constructor() {
    super(`more than ${MOST_CONFLICTS} conflicts: the network lies on top of itself`)
  }
}
