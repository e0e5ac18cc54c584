import type { Transport } from '#shared/contract/client.ts'
import { decodeFrame } from '#shared/contract/decode-frame.ts'
import { shelvedFrameSchema } from '#shared/contract/envelope.ts'
import { encodeFrame, TO_CLIENT_LIMITS, TO_HOST_LIMITS } from '#shared/contract/wire.ts'
import { createListeners } from './listeners.ts'
import { pageMemory } from './page-memory.ts'
import { frameFetcher } from './shelved-frames.ts'

/** Sub-protocol of the loopback host; the start's token is offered beside it and so never appears in an address. */
const PROTOCOL = 'underplan.1'
const RETRY_MS = [250, 500, 1000, 2000, 4000]

/** Connection to the loopback host; what is large is fetched beside the socket, in its turn. When it breaks it is tried again until closed: the host may only have been asleep. */
export function webSocketTransport(url: string, token: string): Transport {
  const listeners = createListeners('closed')
  const frames = frameFetcher(token)
  const framesUrl = url.replace(/^ws/, 'http').replace(/socket$/, 'frames/')
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
    const inTurn = turnstile(message => {
      if (socket === opening) listeners.deliver(message)
    })
    opening.onmessage = event => {
      const message = decodeFrame(event.data, TO_CLIENT_LIMITS, pageMemory)
      const shelved = shelvedFrameSchema.safeParse(message)
      if (!shelved.success) return inTurn(message)
      const { ticket, bytes } = shelved.data
      // Without it a call would wait for ever: broken off, all in flight are told.
      inTurn(frames.fetch(framesUrl + ticket, bytes).catch((cause: unknown) => {
        reportError(cause)
        opening.close()
      }))
    }
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
      frames.close()
      listeners.enter('closed')
    },
  }
}

/** Delivers in the order of arrival, whatever takes how long: at once while nothing is waited for. */
function turnstile(deliver: (message: unknown) => void): (message: unknown) => void {
  let last: Promise<void> | null = null
  return message => {
    if (!last && !(message instanceof Promise)) return deliver(message)
    const turn: Promise<void> = Promise.all([message, last]).then(([arrived]) => {
      if (last === turn) last = null
      if (arrived !== undefined) deliver(arrived)
    })
    last = turn
  }
}
