import type { Transport } from '#shared/contract/client.ts'
import { decodeFrame } from '#shared/contract/decode-frame.ts'
import { encodeFrame, TO_CLIENT_LIMITS, TO_HOST_LIMITS, wholeFrame, type FramePieces } from '#shared/contract/wire.ts'
import { createListeners } from './listeners.ts'

/** The host's end, as main/handlers/host.ts gives it. */
export interface MemoryPeer {
  receive(frame: unknown): void
  close(): void
}

/** Host and interface in one process, as in tests. Every message is framed and cloned, so nothing is shared by accident. */
export function memoryTransport(connect: (send: (frame: FramePieces) => void) => MemoryPeer): Transport {
  const listeners = createListeners('open')
  const peer = connect(frame => {
    const copy = structuredClone(wholeFrame(frame))
    queueMicrotask(() => listeners.deliver(decodeFrame(copy, TO_CLIENT_LIMITS)))
  })
  return {
    ...listeners.subscribe,
    send(message) {
      const copy = structuredClone(encodeFrame(message, TO_HOST_LIMITS))
      queueMicrotask(() => peer.receive(copy))
    },
    close() {
      peer.close()
      listeners.enter('closed')
    },
  }
}
