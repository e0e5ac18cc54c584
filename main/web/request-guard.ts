import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Sub-protocol spoken on the socket; the token is offered beside it as `token.<token>` and never echoed. */
export const PROTOCOL = 'underplan.1'

/**
 * Whether a request names this host by its loopback address. A name that was rebound to 127.0.0.1 by someone's DNS
 * arrives with that name in Host and is refused.
 */
export function isOurHost(request: IncomingMessage, port: number): boolean {
  const { host } = request.headers
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/** Whether a request comes from our own page or from nowhere (typed, launched): no other site may load our files. */
export function isOurPage(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  return (origin === undefined || origin === `http://${host}`) && (site === undefined || site === 'same-origin' || site === 'none')
}

/** Why a socket is refused, as an HTTP status; null where it may open. Unlike pages, it must name its origin. */
export function socketRefusal(request: IncomingMessage, port: number, token: string): 403 | 404 | 401 | null {
  if (!isOurHost(request, port) || request.headers.origin !== `http://${request.headers.host}` || !isOurPage(request)) return 403
  if (request.url !== '/socket') return 404
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim())
  return offered.includes(PROTOCOL) && offered.some(name => isSame(name, `token.${token}`)) ? null : 401
}

/** Why a large message is not given, as an HTTP status; null where it may be. Its ticket is looked at afterwards. */
export function frameRefusal(request: IncomingMessage, port: number, token: string): 403 | 405 | 401 | null {
  if (!isOurHost(request, port) || !isOurPage(request)) return 403
  if (request.method !== 'GET') return 405
  return isSame(request.headers.authorization ?? '', `Bearer ${token}`) ? null : 401
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
