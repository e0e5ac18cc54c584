import { pictureAddress } from '../register/picture.ts'
import { html, type Markup } from './markup.ts'
import type { ReportData } from './report-data.ts'

/** A picture a comment or decision names, inside the page; null where it names none or the picture is gone. @param loose addresses of pictures that are not in the project. */
export function keptPicture({ pictures, words }: ReportData, id: string | undefined, loose: ReadonlyMap<string, string> = new Map()): Markup | null {
  if (id === undefined) return null
  const kept = pictures.get(id)
  const address = kept ? pictureAddress(kept) : loose.get(id)
  return address === undefined ? null : html`<img class="kept" src="${address}" alt="${words('report:picture.kept')}">`
}
