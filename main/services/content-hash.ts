import { createHash } from 'node:crypto'
import type { ScenarioDocument } from '#shared/scenario/document.ts'

/** SHA-256 of a JSON value's content: the same however its keys were ordered or its text was laid out. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

/** What a scheme changes, as reports name it: the same on paper, in the app and on the command line. What a scheme does not have is left out. */
export function schemeHash({ proposals, excavations, removals }: Pick<ScenarioDocument, 'proposals' | 'excavations' | 'removals'>): string {
  if (Object.keys(excavations).length > 0) return contentHash({ proposals, excavations, removals })
  return contentHash(Object.keys(removals).length > 0 ? { proposals, removals } : proposals)
}

/** JSON with sorted keys and no white space. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner)
}
