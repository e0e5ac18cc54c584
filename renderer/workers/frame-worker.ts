import { fetchFrame } from '../host/shelved-frames.ts'
import type { FrameAnswer, FrameRequest } from './frame-messages.ts'

/** Fetches large messages of the loopback host. What it reads lies in memory shared with the page, where the page may have such. */
const answer = (message: FrameAnswer): void => self.postMessage(message)

self.addEventListener('message', ({ data: request }: MessageEvent<FrameRequest>) => {
  fetchFrame(request).then(
    message => answer({ id: request.id, message }),
    (cause: unknown) => answer({ id: request.id, failed: cause instanceof Error ? cause.message : String(cause) }),
  )
})
