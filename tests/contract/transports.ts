import { WebSocket as NodeWebSocket } from 'ws'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveWindow } from '#main/electron/ipc-host.ts'
import { startWebServer } from '#main/web/server.ts'
import { electronTransport, type UnderplanBridge } from '#renderer/host/electron-bridge.ts'
import { memoryTransport } from '#renderer/host/memory.ts'
import { webSocketTransport } from '#renderer/host/web-socket.ts'
import type { Transport } from '#shared/contract/client.ts'
import { decodeFrame } from '#shared/contract/decode-frame.ts'
import { TO_CLIENT_LIMITS, wholeFrame } from '#shared/contract/wire.ts'
import { ipcMain, ipcRenderer, page, recorded, WebContentsDouble } from '#tests/builders/electron-double.ts'
import type { ScriptedHost } from './scripted-host.ts'

/** A connection below the client: sends any frame, sees every message. */
export interface RawConnection {
  send(frame: unknown): void
  readonly messages: unknown[]
  close(): void
}

/** One host on one transport. */
export interface Served {
  transport(): Promise<Transport>
  raw(): Promise<RawConnection>
  close(): Promise<void>
}

export interface TransportUnderTest {
  readonly name: string
  serve(host: ScriptedHost): Promise<Served>
}

const memory: TransportUnderTest = {
  name: 'memory',
  async serve(host) {
    return {
      transport: async () => memoryTransport(send => host.hub.connect(send)),
      async raw() {
        const messages: unknown[] = []
        const connection = host.hub.connect(frame => messages.push(decodeFrame(wholeFrame(frame), TO_CLIENT_LIMITS)))
        return { send: frame => connection.receive(frame), messages, close: () => connection.close() }
      },
      close: async () => host.hub.close(),
    }
  },
}

/** Node's own WebSocket cannot name an origin, as a page's does: this one speaks as the page of the host would. */
export function pageSocket(url: string, protocols: readonly string[]): NodeWebSocket {
  const socket = new NodeWebSocket(url, [...protocols], { origin: new URL(url).origin.replace('ws', 'http') })
  // A page's socket that cannot connect closes; Node's would end the process where nobody listens.
  socket.on('error', () => undefined)
  return socket
}

const webSocket: TransportUnderTest = {
  name: 'web socket',
  async serve(host) {
    const pages = mkdtempSync(join(tmpdir(), 'underplan-pages-'))
    const server = await startWebServer({ hub: host.hub, pages, port: 0 })
    const url = `ws://127.0.0.1:${server.port}/socket`
    globalThis.WebSocket = function (address: string, protocols: string[]) {
      return pageSocket(address, protocols)
    } as unknown as typeof WebSocket
    return {
      async transport() {
        const transport = webSocketTransport(url, server.token)
        await new Promise<void>(resolve => transport.onState(state => state === 'open' && resolve()))
        return transport
      },
      async raw() {
        const messages: unknown[] = []
        const socket = pageSocket(url, ['underplan.1', `token.${server.token}`])
        socket.on('message', (data: Buffer, isBinary) => messages.push(decodeFrame(isBinary ? data : data.toString(), TO_CLIENT_LIMITS)))
        await new Promise(resolve => socket.once('open', resolve))
        return { send: frame => socket.send(typeof frame === 'string' || frame instanceof Uint8Array ? frame : String(frame)), messages, close: () => socket.terminate() }
      },
      async close() {
        await server.close()
        rmSync(pages, { recursive: true })
      },
    }
  },
}

const electron: TransportUnderTest = {
  name: 'electron ipc',
  async serve(host) {
    await import('#main/electron/preload.ts')
    const bridge = recorded.exposed['underplanBridge'] as UnderplanBridge
    // Each window has a page and a preload of its own; here they share one process and take turns.
    const openWindow = () => {
      const contents = new WebContentsDouble()
      serveWindow(contents as never, host.hub, (text, cause) => host.log.push(`${text} ${String(cause)}`))
      page.contents = contents
      return contents
    }
    return {
      async transport() {
        ipcRenderer.removeAllListeners()
        const contents = openWindow()
        const transport = electronTransport(bridge)
        return { ...transport, close: () => (transport.close(), contents.destroy()) }
      },
      async raw() {
        ipcRenderer.removeAllListeners()
        const contents = openWindow()
        const messages: unknown[] = []
        bridge.onMessage(frame => messages.push(decodeFrame(frame, TO_CLIENT_LIMITS)))
        return { send: frame => bridge.post(frame as never), messages, close: () => contents.destroy() }
      },
      async close() {
        ipcMain.removeAllListeners()
        host.hub.close()
      },
    }
  },
}

export const TRANSPORTS = [memory, webSocket, electron]
