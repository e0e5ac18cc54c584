/**
 * The pages on which the anchors of a printed page lie, 1-based. Reads what browsers of the Chromium family write: plain
 * objects, a page tree, and a dictionary of named destinations. Anything else gives an empty answer, never an error: page
 * numbers in the contents are a courtesy.
 */
export function pdfAnchorPages(bytes: Uint8Array): ReadonlyMap<string, number> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id, body] of text.matchAll(/(?:^|[\r\n])(\d+) 0 obj\b([\s\S]*?)\bendobj/g)) objects.set(id!, streamless(body!))
  const catalog = [...objects.values()].find(body => /\/Type\s*\/Catalog\b/.test(body)) ?? ''
  const pages = pageOrder(objects, /\/Pages (\d+) 0 R/.exec(catalog)?.[1] ?? '')
  const dests = objects.get(/\/Dests (\d+) 0 R/.exec(catalog)?.[1] ?? '') ?? ''
  const found = new Map<string, number>()
  for (const [, name, page] of dests.matchAll(/\/([^\s/[\]<>()]+)\s*\[\s*(\d+) 0 R/g)) {
    const number = pages.get(page!)
    if (number !== undefined) found.set(decodedName(name!), number)
  }
  return found
}

const streamless = (body: string): string => {
  const at = body.indexOf('stream')
  return at < 0 ? body : body.slice(0, at)
}

/** Names write what is no plain letter as #xx. */
const decodedName = (name: string): string => name.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))

const MAX_NODES = 100_000

function pageOrder(objects: ReadonlyMap<string, string>, root: string): Map<string, number> {
  const pages = new Map<string, number>()
  const pending = [root]
  for (let visited = 0; pending.length > 0 && visited < MAX_NODES; visited++) {
    const id = pending.shift()!
    const body = objects.get(id) ?? ''
    const kids = /\/Kids\s*\[([^\]]*)\]/.exec(body)?.[1]
    if (kids !== undefined) pending.unshift(...[...kids.matchAll(/(\d+) 0 R/g)].map(match => match[1]!))
    else if (/\/Type\s*\/Page\b/.test(body) && !pages.has(id)) pages.set(id, pages.size + 1)
  }
  return pages
}
