import { pageMemory } from '../host/page-memory.ts'
import { sceneParts } from '../scene/scene-parts.ts'
import type { SceneAnswer, SceneRequest } from './scene-messages.ts'

/** Derives what the scene draws from a large twin, away from the interface. */
self.addEventListener('message', ({ data: { columns, nodes, viewOrigin } }: MessageEvent<SceneRequest>) => {
  const parts = sceneParts(columns, nodes, viewOrigin, pageMemory)
  self.postMessage(parts satisfies SceneAnswer, { transfer: [parts.segments.words.buffer, parts.segments.boxes.buffer] })
})
