import { FrameReader } from '#shared/contract/decode-frame.ts'
import { TO_CLIENT_LIMITS } from '#shared/contract/wire.ts'
import type { FrameAnswer, FrameRequest } from '../workers/frame-messages.ts'
import { pageMemory } from './page-memory.ts'

const PART_BYTES = 256 << 10

/**
 * Fetches a message that waits at the loopback host, its arrays straight into the memory they stay in.
 * @param url Where it waits, ticket included. @param bytes Its size as announced.
 * @throws Error where the host does not give it; WireError where it is not what was announced.
 */
export async function fetchFrame({ url, token, bytes }: Omit<FrameRequest, 'id'>): Promise<unknown> {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' })
  if (!response.ok || !response.body) throw new Error(`a message was not given: ${response.status}`)
  const frame = new FrameReader(bytes, TO_CLIENT_LIMITS, pageMemory)
  // One buffer, filled again and again: a fresh one for each part takes as much memory again as the message itself.
  const stream = response.body.getReader({ mode: 'byob' })
  let part = await stream.read(new Uint8Array(PART_BYTES))
  while (!part.done) {
    frame.push(part.value)
    part = await stream.read(new Uint8Array(part.value.buffer))
  }
  return frame.finish()
}

/** Fetches in a worker, so that the page's thread is not held up by a hundred megabytes; where it stands where there are none. */
export function frameFetcher(token: string): { fetch(url: string, bytes: number): Promise<unknown>; close(): void } {
  const waiting = new Map<number, { resolve(message: unknown): void; reject(cause: Error): void }>()
  let worker: Worker | null = null
  let lastId = 0

  function started(): Worker {
    const own = new Worker(new URL('../workers/frame-worker.ts', import.meta.url), { type: 'module', name: 'frames' })
    own.addEventListener('message', ({ data: answer }: MessageEvent<FrameAnswer>) => {
      const call = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('failed' in answer) call?.reject(new Error(answer.failed))
      else call?.resolve(answer.message)
    })
    own.addEventListener('error', () => {
      for (const call of waiting.values()) call.reject(new Error('the worker that fetches messages failed'))
      waiting.clear()
      worker = null
    })
    return own
  }

  return {
    fetch(url, bytes) {
      if (typeof Worker === 'undefined') return fetchFrame({ url, token, bytes })
      worker ??= started()
      const request: FrameRequest = { id: ++lastId, url, token, bytes }
      return new Promise((resolve, reject) => {
        waiting.set(request.id, { resolve, reject })
        worker!.postMessage(request)
      })
    },
    close() {
      worker?.terminate()
      worker = null
    },
  }
}
