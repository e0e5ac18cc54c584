/** First and second byte of each character, as one number; made of what the platform decodes. */
let table: ReadonlyMap<string, number> | null = null

function gbkTable(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gbk')
  const entries = new Map<string, number>()
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) {
      if (second === 0x7f) continue
      const letter = decoder.decode(Uint8Array.of(first, second))
      if (letter.length === 1 && letter !== '\ufffd' && !entries.has(letter)) entries.set(letter, (first << 8) | second)
    }
  }
  return entries
}

/**
 * Text in code page 936, as drawings of the Chinese trade are written and every program reads them; a character it lacks as
 * DXF escapes it, `\U+00E4`.
 */
export function encodeGbk(text: string): Uint8Array {
  // eslint-disable-next-line no-control-regex -- plain ASCII is what is looked for
  if (/^[\x00-\x7f]*$/.test(text)) return new TextEncoder().encode(text)
  table ??= gbkTable()
  const bytes: number[] = []
  for (const letter of text.split('')) {
    const code = letter.charCodeAt(0)
    const pair = table.get(letter)
    if (code < 0x80) bytes.push(code)
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff)
    else for (const escaped of `\\U+${code.toString(16).toUpperCase().padStart(4, '0')}`) bytes.push(escaped.charCodeAt(0))
  }
  return Uint8Array.from(bytes)
}
