/** Equality of small JSON values, whatever the order of keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)]
  return keysA.length === keysB.length && keysA.every(key => sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}

/**
 * Writes those of the given fields that differ, so that a patch names nothing that stayed: undefined leaves a field,
 * null clears it unless null is one of its values.
 * @param target A draft. @param changes Of a strict schema: its keys are the target's own fields and no others.
 */
export function setFields(target: object, changes: object, nullable: readonly string[] = []): void {
  const fields = target as Record<string, unknown>
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) continue
    if (value === null && !nullable.includes(key)) delete fields[key]
    else if (!sameValue(fields[key], value)) fields[key] = value
  }
}

/** A key that is present but undefined would be lost on the way through JSON: the document never holds one. */
export const withoutUndefined = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T
