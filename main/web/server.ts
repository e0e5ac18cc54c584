import { randomBytes } from 'node:crypto'
import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable, type Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import type { ShelvedFrame } from '#shared/contract/envelope.ts'
import { frameSize, TO_HOST_LIMITS, wholeFrame } from '#shared/contract/wire.ts'
import type { ClientHub } from '../services/host/client-hub.ts'
import { pageHeaders } from '../services/host/page-headers.ts'
import { readPageFile } from '../services/host/page-files.ts'
import { FrameShelf, LEAST_SHELVED_BYTES } from './frame-shelf.ts'
import { createMessageRate } from './message-rate.ts'
import { frameRefusal, isOurHost, isOurPage, PROTOCOL, socketRefusal } from './request-guard.ts'

const MAX_CLIENTS = 8
const HEARTBEAT_MS = 20_000
/** Large messages are fetched from below here, by their tickets. */
const FRAMES = '/frames/'

export interface WebServerOptions {
  /** What the socket's clients are connected to. */
  readonly hub: Pick<ClientHub, 'connect'>
  /** Folder of the built interface. */
  readonly pages: string
  /** 0 for any free port. */
  readonly port: number
  /** Told the number of connected windows after each change. */
  onClients?(count: number): void
}

export interface WebServer {
  readonly port: number
  /** Fresh for every start: 256 bits. Whoever has it is the user. */
  readonly token: string
  /** Address that opens the interface; the token is in the fragment, which browsers do not send. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the interface and its socket on 127.0.0.1 and nowhere else.
 * @throws the system's error where the port is taken.
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const token = randomBytes(32).toString('base64url')
  const shelf = new FrameShelf()
  const server = createServer((request, response) => {
    if (request.url?.startsWith(FRAMES)) serveFrame(request, response, shelf, port(), token)
    else servePage(request, response, options.pages, port())
  })
  const port = () => (server.address() as AddressInfo | null)?.port ?? 0
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: TO_HOST_LIMITS.maxBytes,
    perMessageDeflate: false, // loopback: compressing costs more than it saves, and a bomb could hide in it
    handleProtocols: () => PROTOCOL,
  })
  const clientCount = () => options.onClients?.([...sockets.clients].filter(client => client.readyState === client.OPEN).length)

  server.on('upgrade', (request, socket, head) => {
    const refusal = socketRefusal(request, port(), token) ?? (sockets.clients.size >= MAX_CLIENTS ? 503 : null)
    if (refusal !== null) return refuse(socket, refusal)
    sockets.handleUpgrade(request, socket, head, client => {
      serveClient(client, options.hub, shelf)
      client.on('close', clientCount)
      clientCount()
    })
  })
  server.headersTimeout = 10_000
  server.requestTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const heartbeat = setInterval(() => sockets.clients.forEach(client => client.ping()), HEARTBEAT_MS)

  return {
    port: port(),
    token,
    url: `http://127.0.0.1:${port()}/#token=${token}`,
    async close() {
      clearInterval(heartbeat)
      sockets.clients.forEach(client => client.terminate())
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function servePage(request: IncomingMessage, response: ServerResponse, pages: string, port: number): void {
  const answer = (status: number, headers: Readonly<Record<string, string>> = {}, body?: Buffer) => {
    response.writeHead(status, { ...headersOf(port), ...headers })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
  if (!isOurHost(request, port) || !isOurPage(request)) return answer(403)
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, { Allow: 'GET, HEAD' })
  const file = readPageFile(pages, (request.url ?? '/').split('?', 1)[0] ?? '/')
  return file ? answer(200, file.headers, file.bytes) : answer(404)
}

const headersOf = (port: number) => pageHeaders([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`])

/** Streams one large message to the page that has its ticket, straight from the arrays it consists of. */
function serveFrame(request: IncomingMessage, response: ServerResponse, shelf: FrameShelf, port: number, token: string): void {
  const refusal = frameRefusal(request, port, token)
  const pieces = refusal === null ? shelf.take(request.url!.slice(FRAMES.length)) : null
  if (!pieces) {
    response.writeHead(refusal ?? 404, headersOf(port)).end()
    return
  }
  response.writeHead(200, { ...headersOf(port), 'Content-Type': 'application/octet-stream', 'Content-Length': frameSize(pieces), 'Cache-Control': 'no-store' })
  // A page that is closed meanwhile ends the stream, and nobody waits for the rest.
  pipeline(Readable.from(pieces), response).catch(() => undefined)
}

function serveClient(client: WebSocket, hub: WebServerOptions['hub'], shelf: FrameShelf): void {
  const mayTake = createMessageRate(() => performance.now())
  const connection = hub.connect(frame => {
    const bytes = frameSize(frame)
    if (typeof frame === 'string' || bytes < LEAST_SHELVED_BYTES) client.send(wholeFrame(frame))
    else client.send(JSON.stringify({ v: 1, type: 'shelved', ticket: shelf.put(client, frame), bytes } satisfies ShelvedFrame))
  })
  client.on('message', (data: Buffer, isBinary) => {
    if (!mayTake(data.length)) return client.close(1008, 'too many messages')
    connection.receive(isBinary ? data : data.toString('utf8'))
  })
  // A message beyond the limits or outside the protocol: ws closes the connection by itself, with the code that says why.
  client.on('error', () => undefined)
  client.on('close', () => {
    connection.close()
    shelf.clear(client)
  })
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => undefined)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
