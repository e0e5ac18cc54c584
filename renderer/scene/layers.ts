/** Order of drawing for what is blended; opaque things (0) come first anyway. */
export const RENDER_ORDER = {
  backdrop: -10, ghosts: 2, groundDepth: 10, ground: 11, buildingDepth: 20, buildings: 21, buildingEdges: 22, furniture: 23, highlight: 30, proposals: 32, marks: 40,
} as const
