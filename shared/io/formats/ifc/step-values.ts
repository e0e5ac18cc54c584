/** A value of ISO 10303-21: `$` and `*` are null, `#12` a reference, `.TRUE.` an enumeration, `IFCLABEL('x')` a typed value. */
export type StepValue = null | number | string | StepReference | StepEnumeration | StepTyped | readonly StepValue[]
export interface StepReference { readonly ref: number }
export interface StepEnumeration { readonly word: string }
export interface StepTyped { readonly type: string; readonly value: StepValue }

/** Text in quotes, reference, enumeration, binary, number, name of a typed value, or a sign; comments and blanks between. */
const TOKEN = /\s+|\/\*[\s\S]*?\*\/|'((?:[^']|'')*)'|#(\d+)|\.([A-Za-z0-9_]+)\.|"[0-9A-Fa-f]*"|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([A-Za-z_]\w*)|([(),$*])/y

/**
 * Parses the arguments of one instance, brackets included. What does not follow the form ends the list where it stands:
 * an attribute that is not there reads as null.
 */
export function parseStepArguments(text: string, maxDepth: number): readonly StepValue[] {
  const root: StepValue[] = []
  const open: StepValue[][] = []
  const typed: (string | null)[] = []
  let name: string | null = null
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [, quoted, reference, word, number, typeName, sign] = match
    const list = open.at(-1) ?? root
    if (quoted !== undefined) list.push(decodeStepText(quoted))
    else if (reference !== undefined) list.push({ ref: Number(reference) })
    else if (word !== undefined) list.push({ word: word.toUpperCase() })
    else if (number !== undefined) list.push(Number(number))
    else if (typeName !== undefined) name = typeName.toUpperCase()
    else if (sign === '$' || sign === '*') list.push(null)
    else if (sign === '(') {
      if (open.length >= maxDepth) break
      open.push([])
      typed.push(name)
      name = null
    } else if (sign === ')') {
      const done = open.pop()
      if (!done) break
      const type = typed.pop() ?? null
      ;(open.at(-1) ?? root).push(type === null ? done : { type, value: done[0] ?? null })
    }
  }
  return Array.isArray(root[0]) ? (root[0] as readonly StepValue[]) : []
}

/** Text as ISO 10303-21 §6.4.3 encodes it: `''`, `\S\c`, `\X\hh`, `\X2\hhhh…\X0\`, `\X4\hhhhhhhh…\X0\`. */
function decodeStepText(text: string): string {
  return text
    .replaceAll("''", "'")
    .replace(/\\X2\\((?:[0-9A-Fa-f]{4})*)\\X0\\/g, (_all, hex: string) => String.fromCharCode(...(hex.match(/.{4}/g) ?? []).slice(0, 10_000).map(code => parseInt(code, 16))))
    .replace(/\\X4\\((?:[0-9A-Fa-f]{8})*)\\X0\\/g, (_all, hex: string) => (hex.match(/.{8}/g) ?? []).map(code => codePoint(parseInt(code, 16))).join(''))
    .replace(/\\X\\([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\S\\(.)/g, (_all, letter: string) => String.fromCharCode(letter.charCodeAt(0) + 128))
    .replaceAll('\\\\', '\\')
}

const codePoint = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')

/**
 * A text whose UTF-8 bytes were each written as a letter (`viemÃ¤ri`), set right; null where it is none such.
 */
export function unscrambled(text: string): string | null {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text) || /[\u0100-\uffff]/.test(text)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(text, letter => letter.charCodeAt(0)))
  } catch {
    return null
  }
}
