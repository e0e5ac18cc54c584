import { svgText, escapeMarkup, type Drawing } from './drawing.ts'

/** Text that is markup already. Everything else is escaped where it is put in. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | readonly Markup[] | null

/** Markup with texts put in, escaped: names of pipes and people come from anywhere. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  ({ markup: strings.map((text, i) => text + textOf(parts[i] ?? null)).join('') })

function textOf(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeMarkup(String(part))
  return isMarkup(part) ? part.markup : part.map(each => each.markup).join('')
}

const isMarkup = (part: Markup | readonly Markup[]): part is Markup => !Array.isArray(part)

/** A drawing as part of a page. */
export const picture = (drawing: Drawing): Markup => ({ markup: svgText(drawing) })

interface Page {
  readonly language: string
  readonly title: string
  readonly style: string
  readonly body: Markup
}

/** A whole page that loads nothing: no script, style and fonts inside. */
export function htmlPage({ language, title, style, body }: Page): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
  return `<!doctype html>\n${html`<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="Underplan"><title>${title}</title><style>${{ markup: style }}</style></head><body>${body}</body></html>`.markup}\n`
}
