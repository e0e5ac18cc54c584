import type { Transport } from '#shared/contract/client.ts'
import { decodeFrame, encodeFrame, TO_CLIENT_LIMITS, TO_HOST_LIMITS } from '#shared/contract/wire.ts'
import { createListeners } from './listeners.ts'
import { pageMemory } from './page-memory.ts'

/** Sub-protocol of the loopback host; the start's token is offered beside it and so never appears in an address. */
const PROTOCOL = 'underplan.1'
const RETRY_MS = [250, 500, 1000, 2000, 4000]

/** Connection to the loopback host. When it breaks it is tried again until closed: the host may only have been asleep. */
export function webSocketTransport(url: string, token: string): Transport {
  const listeners = createListeners('closed')
  let socket: WebSocket | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let attempts = 0

  function open(): void {
    const opening = new WebSocket(url, [PROTOCOL, `token.${token}`])
    opening.binaryType = 'arraybuffer'
    opening.onopen = () => {
      attempts = 0
      socket = opening
      listeners.enter('open')
    }
    opening.onmessage = event => listeners.deliver(decodeFrame(event.data, TO_CLIENT_LIMITS, pageMemory))
    opening.onclose = () => {
      socket = null
      listeners.enter('closed')
      retry = setTimeout(open, RETRY_MS[Math.min(attempts++, RETRY_MS.length - 1)])
    }
  }
  open()

  return {
    ...listeners.subscribe,
    send: message => socket?.send(encodeFrame(message, TO_HOST_LIMITS)),
    close() {
      clearTimeout(retry)
      if (socket) socket.onclose = null
      socket?.close()
      listeners.enter('closed')
    },
  }
}
