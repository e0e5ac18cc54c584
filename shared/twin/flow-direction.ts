import type { Attributes } from './asset.ts'

/** The attribute a survey's direction of flow (流向) is kept under, against the order the line was drawn in. */
export const FLOW_DIRECTION = 'flowDirection'
export const FLOW_DIRECTIONS = ['with', 'against'] as const

/** Which way a survey says a line flows: 1 from its first vertex to its last, −1 back, 0 where no survey says. */
export function surveyedWay(attributes: Attributes | null): -1 | 0 | 1 {
  const said = attributes?.[FLOW_DIRECTION]
  return said === 'with' ? 1 : said === 'against' ? -1 : 0
}
