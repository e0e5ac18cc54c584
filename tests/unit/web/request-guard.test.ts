import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isOurHost, isOurPage, socketRefusal } from '#main/web/request-guard.ts'

const request = (headers: Record<string, string | undefined>, url = '/socket') => ({ url, headers }) as unknown as IncomingMessage
const TOKEN = 'a'.repeat(43)
const good = { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000', 'sec-websocket-protocol': `underplan.1, token.${TOKEN}` }

describe('requests to the loopback host', () => {
  it.each(['127.0.0.1:4000', 'localhost:4000'])('are taken under its own name %s', host => {
    expect(isOurHost(request({ host }), 4000)).toBe(true)
  })

  it.each(['evil.example:4000', '127.0.0.1:4001', '127.0.0.1', 'localhost', '127.0.0.1.evil.example:4000', '[::1]:4000', '', undefined])('are refused under another: %s', host => {
    expect(isOurHost(request({ host }), 4000)).toBe(false)
  })

  it.each([
    ['typed', {}, true], ['typed in a browser', { 'sec-fetch-site': 'none' }, true], ['own page', { origin: good.origin, 'sec-fetch-site': 'same-origin' }, true],
    ['another site', { origin: 'https://evil.example' }, false], ['a link on another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['another local port', { 'sec-fetch-site': 'same-site' }, false], ['a sandboxed frame', { origin: 'null' }, false],
  ])('for pages come from our page or from nowhere: %s', (_, headers, expected) => {
    expect(isOurPage(request({ host: good.host, ...headers }))).toBe(expected)
  })
})

describe('sockets', () => {
  it('open with host, origin and token right', () => {
    expect(socketRefusal(request(good), 4000, TOKEN)).toBeNull()
  })

  it.each([
    [403, { host: 'evil.example:4000', origin: 'http://evil.example:4000' }], [403, { origin: undefined }], [403, { origin: 'null' }], [403, { origin: 'http://127.0.0.1:4001' }],
    [403, { origin: 'https://127.0.0.1:4000' }], [403, { origin: 'http://localhost:4000' }],
    [401, { 'sec-websocket-protocol': undefined }], [401, { 'sec-websocket-protocol': 'underplan.1' }], [401, { 'sec-websocket-protocol': `token.${TOKEN}` }],
    [401, { 'sec-websocket-protocol': `underplan.1, token.${TOKEN.slice(1)}` }], [401, { 'sec-websocket-protocol': `underplan.1, token.${TOKEN}a` }], [401, { 'sec-websocket-protocol': `underplan.1, token.${'é'.repeat(43)}` }],
  ])('are refused with %i for %j', (status, headers) => {
    expect(socketRefusal(request({ ...good, ...headers }), 4000, TOKEN)).toBe(status)
  })

  it('are refused elsewhere than at their address', () => {
    expect(socketRefusal(request(good, '/'), 4000, TOKEN)).toBe(404)
    expect(socketRefusal(request(good, '/socket?token=x'), 4000, TOKEN)).toBe(404)
  })
})
