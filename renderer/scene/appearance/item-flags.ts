/** What the shader is told of each item (asset or node), one bit each; kept in the green channel of the appearance texture. */
export const ITEM_FLAGS = { hidden: 1, ghost: 2, focusA: 4, focusB: 8 } as const

/** Fixed traits, blue channel. */
export const ITEM_TRAITS = { node: 1, outOfUse: 2, planned: 4, levelAssumed: 8 } as const

/** Items per row of the appearance texture. */
export const APPEARANCE_ROW = 1024
