import type { Vec3 } from '../../twin/asset.ts'

/** `#12`: an instance of the file being written. */
export type StepId = `#${number}`

/** Writes instances of ISO 10303-21 one after the other; `take` gives what has been written since the last call. */
export class StepWriter {
  #count = 0
  #text = ''
  readonly #directions = new Map<string, StepId>()

  add(type: string, values: readonly string[]): StepId {
    const id: StepId = `#${++this.#count}`
    this.#text += `${id}=${type}(${values.join(',')});\n`
    return id
  }

  point(place: readonly number[]): StepId {
    return this.add('IFCCARTESIANPOINT', [list(place.map(real))])
  }

  /** A direction; the same one is written once. */
  direction(ratios: Vec3): StepId {
    const key = list(ratios.map(real))
    const known = this.#directions.get(key)
    if (known) return known
    const id = this.add('IFCDIRECTION', [key])
    this.#directions.set(key, id)
    return id
  }

  take(): string {
    const text = this.#text
    this.#text = ''
    return text
  }
}

/** A real number, which has a point: `0.`, `-12.5`, `1.5E-7`. */
export function real(value: number): string {
  const text = String(Object.is(value, -0) ? 0 : value)
  if (text.includes('e')) {
    const [mantissa, exponent] = text.split('e') as [string, string]
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.`}E${Number(exponent)}`
  }
  return text.includes('.') ? text : `${text}.`
}

export const list = (values: readonly string[]): string => `(${values.join(',')})`
export const enumeration = (word: string): string => `.${word}.`

/** Text in quotes; what is not plain ASCII as UTF-16 code units in `\X2\…\X0\` (ISO 10303-21 §6.4.3.2). */
export function stepText(text: string): string {
  const plain = text.replaceAll('\\', '\\\\').replaceAll("'", "''")
  return `'${plain.replace(/[^\x20-\x7e]+/g, run => `\\X2\\${[...run].flatMap(letter => letter.split('')).map(unit => unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')).join('')}\\X0\\`)}'`
}
