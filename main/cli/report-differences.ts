/** One thing in which a report and its re-run differ; null where a side does not have it. */
export interface Difference {
  /** Where in the report: `findings[G-1|W-1|vertical|1].found`. Rows go by what identifies them, not by their place. */
  readonly what: string
  readonly was: unknown
  readonly is: unknown
}

/**
 * Compares two JSON values to the last digit.
 * @param what Path of both in the report.
 */
export function differencesOf(what: string, was: unknown, is: unknown): Difference[] {
  if (isObject(was) && isObject(is)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    return keys.flatMap(key => differencesOf(what === '' ? key : `${what}.${key}`, was[key], is[key]))
  }
  if (Array.isArray(was) && Array.isArray(is)) {
    return Array.from({ length: Math.max(was.length, is.length) }).flatMap((_, i) => differencesOf(`${what}[${i}]`, was[i], is[i]))
  }
  return Object.is(was, is) ? [] : [{ what, was: was ?? null, is: is ?? null }]
}

/** Compares two tables row by row; a row that is missing, added or moved is one difference. */
export function rowDifferences(what: string, was: readonly unknown[], is: readonly unknown[], nameOf: (row: unknown) => string): Difference[] {
  const [before, after] = [named(was, nameOf), named(is, nameOf)]
  const rows = [...new Set([...before.keys(), ...after.keys()])].flatMap(name => differencesOf(`${what}[${name}]`, before.get(name), after.get(name)))
  const [orderBefore, orderAfter] = [[...before.keys()].filter(name => after.has(name)), [...after.keys()].filter(name => before.has(name))]
  const moved = orderBefore.findIndex((name, i) => name !== orderAfter[i])
  return moved < 0 ? rows : [...rows, { what: `${what}.order`, was: orderBefore[moved], is: orderAfter[moved] }]
}

/** Rows under their names; a name used again gets a number, so that no row hides another. */
function named(rows: readonly unknown[], nameOf: (row: unknown) => string): Map<string, unknown> {
  const byName = new Map<string, unknown>()
  const uses = new Map<string, number>()
  for (const row of rows) {
    const name = nameOf(row)
    const use = (uses.get(name) ?? 0) + 1
    uses.set(name, use)
    byName.set(use === 1 ? name : `${name} #${use}`, row)
  }
  return byName
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
