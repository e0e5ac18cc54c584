import type { OuterSection } from '../../twin/asset.ts'

/** A length or coordinate as text: to the nanometre, without exponent and without zeros that say nothing. */
export function figure(value: number): string {
  const text = value.toFixed(9)
  return text.includes('.') ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text
}

export const widthOf = (section: OuterSection): number => (section.shape === 'circle' ? section.diameterM : section.widthM)
export const heightOf = (section: OuterSection): number => (section.shape === 'circle' ? section.diameterM : section.heightM)

/** XML text without what XML 1.0 cannot hold. */
export function xmlText(text: string): string {
  return text
    // eslint-disable-next-line no-control-regex -- control characters are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replace(/[\t\n\r]/g, letter => `&#${letter.charCodeAt(0)};`)
}
