import { readFileSync, statSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { assetsFolder } from './assets-folder.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.woff': 'font/woff', '.wasm': 'application/wasm',
}

export interface PageFile {
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** Where the built interface is: beside the main bundles. */
export const builtPages = (): string => join(dirname(assetsFolder()), 'dist', 'renderer')

/**
 * One file of the built interface. Only plain names below the folder are known: letters, digits, `.`, `_`, `-`, and
 * single slashes, so there is no way to say "the folder above", whatever the encoding.
 * @param urlPath Path of the request as it was sent, without query.
 * @returns null for what is not there.
 */
export function readPageFile(folder: string, urlPath: string): PageFile | null {
  const name = urlPath === '/' ? '/index.html' : urlPath
  const type = TYPES[extname(name)]
  if (type === undefined || !/^(\/[\w-][\w.-]*)+$/.test(name)) return null
  const path = join(folder, name)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return null
  // Names below /assets carry their content's hash; the page itself must never be an old one.
  const cache = name.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store'
  return { bytes: readFileSync(path), headers: { 'Content-Type': type, 'Cache-Control': cache } }
}
