import { inOrderOf } from '#shared/core/stable-order.ts'

/** More digits than this are no number that a double holds exactly. */
const MOST_DIGITS = 15

/**
 * Place of each text in the reader's own order, numbers in it as people count (`L-9` before `L-10`); equal texts share one.
 * Ids are mostly a few words and a number: the words are ranked once, the numbers sorted as numbers, and only what both
 * leave equal is compared letter by letter.
 */
export function naturalRanks(texts: readonly string[], language: string): Float64Array {
  const whole = new Intl.Collator(language, { numeric: true })
  const [wordOf, numberOf] = [new Uint32Array(texts.length), new Float64Array(texts.length)]
  const words = new Map<string, number>()
  texts.forEach((text, i) => {
    const from = firstDigit(text)
    let to = from
    while (to < text.length && isDigit(text.charCodeAt(to))) to++
    const isNumbered = from < text.length && to - from <= MOST_DIGITS
    // What comes after a word without a number is nothing; after the others a digit.
    const word = isNumbered ? `${text.slice(0, from)}0` : text
    let code = words.get(word)
    if (code === undefined) words.set(word, (code = words.size))
    wordOf[i] = code
    numberOf[i] = isNumbered ? Number(text.slice(from, to)) : -1
  })
  const rankOfWord = ranks([...words.keys()], new Intl.Collator(language, { numeric: true, sensitivity: 'base' }).compare)
  const wordRanks = Float64Array.from(wordOf, code => rankOfWord[code]!)
  const order = inOrderOf(inOrderOf(Uint32Array.from(texts, (_, i) => i), numberOf), wordRanks)
  const placed = new Float64Array(texts.length)
  let place = 0
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && wordRanks[order[to]!] === wordRanks[order[from]!] && numberOf[order[to]!] === numberOf[order[from]!]) to++
    if (to - from > 1) order.subarray(from, to).sort((i, j) => whole.compare(texts[i]!, texts[j]!) || i - j)
    for (let k = from; k < to; k++) {
      if (k > from && whole.compare(texts[order[k - 1]!]!, texts[order[k]!]!) === 0) placed[order[k]!] = placed[order[k - 1]!]!
      else placed[order[k]!] = place++
    }
    from = to
  }
  return placed
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

function firstDigit(text: string): number {
  let at = 0
  while (at < text.length && !isDigit(text.charCodeAt(at))) at++
  return at
}

/** Place of each text; those that compare as equal share one. */
function ranks(texts: readonly string[], compare: (a: string, b: string) => number): Uint32Array {
  const order = texts.map((_, i) => i).sort((i, j) => compare(texts[i]!, texts[j]!))
  const rank = new Uint32Array(texts.length)
  order.forEach((original, k) => { rank[original] = k > 0 && compare(texts[order[k - 1]!]!, texts[original]!) === 0 ? rank[order[k - 1]!]! : k })
  return rank
}
