import { mkdirSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startWebServer, type WebServer } from '#main/web/server.ts'
import { webSocketTransport } from '#renderer/host/web-socket.ts'
import { createClient } from '#shared/contract/client.ts'
import { encodeFrame } from '#shared/contract/wire.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { scriptedHost } from '#tests/contract/scripted-host.ts'
import { pageSocket } from '#tests/contract/transports.ts'

vi.mock('electron', () => import('#tests/builders/electron-double.ts'))

const originalWebSocket = globalThis.WebSocket
afterEach(() => {
  globalThis.WebSocket = originalWebSocket
})

async function serve() {
  const top = temporaryFolder()
  mkdirSync(join(top, 'pages'))
  writeFileSync(join(top, 'pages', 'index.html'), '<html>')
  writeFileSync(join(top, 'secret.json'), '{}')
  const host = scriptedHost()
  const counts: number[] = []
  const server = await startWebServer({ hub: host.hub, pages: join(top, 'pages'), port: 0, onClients: count => counts.push(count) })
  onTestFinished(() => server.close())
  const sockets: ReturnType<typeof pageSocket>[] = []
  globalThis.WebSocket = function (url: string, protocols: string[]) {
    const socket = pageSocket(url, protocols)
    sockets.push(socket)
    return socket
  } as unknown as typeof WebSocket
  const url = `ws://127.0.0.1:${server.port}/socket`
  return { host, server, counts, sockets, url, protocols: ['underplan.1', `token.${server.token}`] }
}

function ask(server: WebServer, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: server.port, path, method, headers, setHost: headers['Host'] === undefined }, response => {
      let body = ''
      response.setEncoding('utf8').on('data', text => (body += text)).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    }).on('error', reject).end()
  })
}

/** How the server answers a socket: `open`, or the status it refuses with. */
function tryOpen(url: string, protocols: readonly string[]): Promise<string> {
  return new Promise(resolve => {
    const socket = pageSocket(url, protocols)
    socket.once('open', () => (socket.terminate(), resolve('open')))
    socket.once('error', error => resolve(/\d{3}/.exec(error.message)?.[0] ?? error.message))
  })
}

const closeCode = (socket: ReturnType<typeof pageSocket>) => new Promise<number>(resolve => socket.once('close', resolve))

describe('the loopback host', () => {
  it('gives the page with every protection in its headers', async () => {
    const { server } = await serve()
    const page = await ask(server, '/')
    expect(page).toMatchObject({ status: 200, body: '<html>' })
    expect(page.headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store',
    })
    expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`)
    expect(page.headers).not.toHaveProperty('access-control-allow-origin')
    expect((await ask(server, '/?x=1')).status).toBe(200)
    expect(await ask(server, '/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' })
  })

  it('gives nothing else, to nobody else, in no other way', async () => {
    const { server } = await serve()
    for (const path of ['/../secret.json', '/%2e%2e/secret.json', '/..%5csecret.json', '/etc/passwd', '/nothing.html']) expect((await ask(server, path)).status, path).toBe(404)
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) expect((await ask(server, '/', {}, method)).status, method).toBe(405)
    expect((await ask(server, '/', { Host: 'rebound.example' })).status).toBe(403)
    expect((await ask(server, '/', { Host: `rebound.example:${server.port}` })).status).toBe(403)
    expect((await ask(server, '/', { Origin: 'https://evil.example' })).status).toBe(403)
    expect((await ask(server, '/', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    // Headers stand on refusals too.
    expect((await ask(server, '/nothing.html')).headers['content-security-policy']).toBeDefined()
  })

  it('listens on the loopback interface only', async () => {
    const { server } = await serve()
    const outer = Object.values(networkInterfaces()).flat().find(address => address && !address.internal && address.family === 'IPv4')
    if (!outer) return expect(server.url).toContain('127.0.0.1')
    const outcome = await new Promise<string>(resolve => {
      const socket = connect({ host: outer.address, port: server.port, timeout: 2000 })
      socket.once('connect', () => resolve('connected')).once('error', () => resolve('refused')).once('timeout', () => resolve('refused'))
      onTestFinished(() => void socket.destroy())
    })
    expect(outcome).toBe('refused')
  })

  it('has a token of 256 bits, another at every start', async () => {
    const tokens = await Promise.all([serve(), serve()]).then(both => both.map(({ server }) => server.token))
    expect(new Set(tokens).size).toBe(2)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  it('opens a socket only with the token of this start', async () => {
    const { server, url, protocols } = await serve()
    expect(await tryOpen(url, protocols)).toBe('open')
    expect(await tryOpen(url, ['underplan.1'])).toBe('401')
    expect(await tryOpen(url, ['underplan.1', `token.${'a'.repeat(43)}`])).toBe('401')
    expect(await tryOpen(`${url}?token=${server.token}`, ['underplan.1'])).toBe('404')
    // Never echoed: what answers is the protocol alone.
    const socket = pageSocket(url, protocols)
    await new Promise(resolve => socket.once('open', resolve))
    expect(socket.protocol).toBe('underplan.1')
    socket.terminate()
  })

  it('closes the connection of whoever floods it and serves the others on', async () => {
    const { url, protocols, server } = await serve()
    const client = createClient(webSocketTransport(url, server.token), () => undefined)
    onTestFinished(() => client.close())
    const flooding = pageSocket(url, protocols)
    await new Promise(resolve => flooding.once('open', resolve))
    const frame = encodeFrame({ v: 1, type: 'cancel', id: 1 })
    for (let i = 0; i < 10_000; i++) flooding.send(frame)
    expect(await closeCode(flooding)).toBe(1008)
    expect(await client.call('app.info', {})).toMatchObject({ version: '1' })
  })

  it('closes the connection that sends a message beyond the limit', async () => {
    const { url, protocols } = await serve()
    const socket = pageSocket(url, protocols)
    await new Promise(resolve => socket.once('open', resolve))
    socket.send(new Uint8Array((16 << 20) + 1))
    expect(await closeCode(socket)).toBe(1009)
  })

  it('takes eight windows and no more', async () => {
    const { url, protocols, counts } = await serve()
    const sockets = Array.from({ length: 8 }, () => pageSocket(url, protocols))
    await Promise.all(sockets.map(socket => new Promise(resolve => socket.once('open', resolve))))
    expect(await tryOpen(url, protocols)).toBe('503')
    expect(counts.at(-1)).toBe(8)
    sockets[0]!.terminate()
    await vi.waitFor(() => expect(counts.at(-1)).toBe(7))
    expect(await tryOpen(url, protocols)).toBe('open')
    for (const socket of sockets) socket.terminate()
  })

  it('is found again after a break: subscriptions are renewed, calls are not', async () => {
    const { host, url, server, sockets } = await serve()
    const client = createClient(webSocketTransport(url, server.token), () => undefined)
    onTestFinished(() => client.close())
    await new Promise<void>(resolve => client.onState(state => state === 'open' && resolve()))
    const seen: unknown[] = []
    client.on('twin.changed', payload => seen.push(payload))
    const lost = client.call('twin.context', {})
    await vi.waitFor(() => expect(host.performed).toEqual(['twin.context']))
    sockets[0]!.terminate()
    await expect(lost).rejects.toMatchObject({ code: 'host_gone' })
    await expect(client.call('app.info', {})).rejects.toMatchObject({ code: 'host_gone' })
    await vi.waitFor(async () => expect(await client.call('app.info', {})).toMatchObject({ version: '1' }), { timeout: 5000 })
    expect(host.performed).toEqual(['twin.context', 'app.info'])
    host.hub.emit('twin.changed', { twinHash: 'after', columns: true, context: true })
    await vi.waitFor(() => expect(seen).toEqual([{ twinHash: 'after', context: true }]))
    expect(sockets).toHaveLength(2)
  })

  it('gives a large message once, over HTTP, to whoever has its ticket and the token', async () => {
    const { server, url, protocols, host } = await serve()
    const [socket, gone] = await Promise.all([0, 1].map(async () => {
      const opened = pageSocket(url, protocols)
      await new Promise(resolve => opened.once('open', resolve))
      return opened
    }))
    const shelved = (from: ReturnType<typeof pageSocket>) => new Promise<{ ticket: string; bytes: number }>(resolve => {
      from.once('message', data => resolve(JSON.parse(String(data)) as { ticket: string; bytes: number }))
      from.send(encodeFrame({ v: 1, type: 'call', id: 1, name: 'twin.attributeColumn', input: { role: 'material' } }))
    })
    const { ticket, bytes } = await shelved(socket!)
    expect(Buffer.from(ticket, 'base64url')).toHaveLength(32)
    const path = `/frames/${ticket}`
    const token = { Authorization: `Bearer ${server.token}` }
    for (const [status, headers, method] of [
      [401, {}], [401, { Authorization: `Bearer ${'a'.repeat(43)}` }], [401, { Authorization: server.token }],
      [403, { ...token, Host: `rebound.example:${server.port}` }], [403, { ...token, Origin: 'https://evil.example' }], [403, { ...token, 'Sec-Fetch-Site': 'cross-site' }],
      [405, token, 'POST'], [405, token, 'HEAD'],
    ] as const) expect((await ask(server, path, headers, method)).status, JSON.stringify([headers, method])).toBe(status)
    expect((await ask(server, `/frames/${'a'.repeat(43)}`, token)).status).toBe(404)
    const given = await ask(server, path, token)
    expect(given).toMatchObject({ status: 200, headers: { 'content-length': String(bytes), 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' } })
    expect((await ask(server, path, token)).status).toBe(404)
    // What waited for a window that is closed is let go.
    const lost = await shelved(gone!)
    gone!.terminate()
    await vi.waitFor(async () => expect((await ask(server, `/frames/${lost.ticket}`, token)).status).toBe(404))
    expect(host.performed).toEqual(['twin.attributeColumn', 'twin.attributeColumn'])
    socket!.terminate()
  })

  it('breaks the connection off where a large message cannot be had, so that nothing waits for ever', async () => {
    const { server, url } = await serve()
    const client = createClient(webSocketTransport(url, server.token), () => undefined)
    onTestFinished(() => client.close())
    await new Promise<void>(resolve => client.onState(state => state === 'open' && resolve()))
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 404 })))
    const reported = vi.fn()
    vi.stubGlobal('reportError', reported)
    onTestFinished(() => void vi.unstubAllGlobals())
    await expect(client.call('twin.attributeColumn', { role: 'material' })).rejects.toMatchObject({ code: 'host_gone' })
    expect(String(reported.mock.calls[0])).toContain('404')
    vi.unstubAllGlobals()
    await vi.waitFor(async () => expect((await client.call('twin.attributeColumn', { role: 'material' })).codes).toHaveLength(1 << 20), { timeout: 5000 })
  })
})
