/**
 * Order of drawing for what is blended; opaque things (0) come first anyway. Lines drawn apart lie below the ground like
 * the network, so they come before it, and once more after everything (`…Through`) for what it hides of them.
 */
export const RENDER_ORDER = {
  backdrop: -10, ghosts: 2, highlight: 3, proposals: 5, groundDepth: 10, ground: 11, areas: 12, buildingDepth: 20, buildings: 21, buildingEdges: 22, furniture: 23, highlightThrough: 30, proposalsThrough: 32, marks: 40,
} as const
