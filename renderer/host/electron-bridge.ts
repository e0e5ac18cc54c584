import type { Transport } from '#shared/contract/client.ts'
import { decodeFrame } from '#shared/contract/decode-frame.ts'
import { encodeFrame, TO_CLIENT_LIMITS, TO_HOST_LIMITS, type Frame } from '#shared/contract/wire.ts'
import { createListeners } from './listeners.ts'
import { pageMemory } from './page-memory.ts'

/** What the preload script exposes: one channel of frames, nothing else of Electron. */
export interface UnderplanBridge {
  post(frame: Frame): void
  /** @returns the means to stop listening. */
  onMessage(listener: (frame: unknown) => void): () => void
}

declare global {
  interface Window {
    readonly underplanBridge?: UnderplanBridge
  }
}

/** Electron's main process lives as long as its windows: the connection is open from the start to the end. */
export function electronTransport(bridge: UnderplanBridge): Transport {
  const listeners = createListeners('open')
  const stop = bridge.onMessage(frame => listeners.deliver(decodeFrame(frame, TO_CLIENT_LIMITS, pageMemory)))
  return {
    ...listeners.subscribe,
    send: message => bridge.post(encodeFrame(message, TO_HOST_LIMITS)),
    close() {
      stop()
      listeners.enter('closed')
    },
  }
}
