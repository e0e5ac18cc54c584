import { protocol } from 'electron'
import { pageHeaders } from '../services/host/page-headers.ts'
import { readPageFile } from '../services/host/page-files.ts'

const SCHEME = 'underplan'
/** Origin of every page and every message we accept. */
export const PAGE_ORIGIN = `${SCHEME}://app`

/** Before Electron is ready: makes our scheme a secure origin with fetch and storage, like https. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
}

/** Serves the built interface, and nothing else, under `underplan://app/`. */
export function servePages(folder: string): void {
  protocol.handle(SCHEME, request => {
    const url = new URL(request.url)
    const file = request.method === 'GET' && url.host === 'app' ? readPageFile(folder, url.pathname) : null
    return file
      ? new Response(new Uint8Array(file.bytes), { headers: { ...pageHeaders(), ...file.headers } })
      : new Response(null, { status: 404, headers: pageHeaders() })
  })
}
